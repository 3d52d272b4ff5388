package ee.interlink.web.kubelet.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** Bearer tokens and whose they are; kubelet's webhook authenticator. No token is kept. */
public final class Tokens {
  private static final Duration IF_SOMEBODYS = Duration.ofMinutes(2);
  private static final Duration IF_NOBODYS = Duration.ofSeconds(10);

  private final Reviews reviews;
  private final Remembered<String, Optional<Caller>> remembered;

  public Tokens(Reviews reviews, Ticker ticker, Tally tally) {
    this.reviews = reviews;
    this.remembered =
        new Remembered<>(Optional::isPresent, IF_SOMEBODYS, IF_NOBODYS, ticker, tally);
  }

  Optional<Caller> whose(String token) throws ClusterAwayException {
    return remembered.answer(digest(token), () -> reviews.whose(token));
  }

  private static String digest(String token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
