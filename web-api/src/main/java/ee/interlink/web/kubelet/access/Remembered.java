package ee.interlink.web.kubelet.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.Predicate;

/** Answers of the API server, kept for a while: good ones longer, bad ones apart from them. */
final class Remembered<K, V> {
  /** Of each sort; so bad ones never push out good ones, however many are tried. */
  private static final int MOST = 4_096;

  /** A question to the API server. */
  interface Question<V> {
    V ask() throws ClusterAwayException;
  }

  private final Predicate<V> good;
  private final Cache<K, V> goodOnes;
  private final Cache<K, V> badOnes;
  private final Tally tally;

  Remembered(Predicate<V> good, Duration ifGood, Duration ifBad, Ticker ticker, Tally tally) {
    this.good = good;
    this.goodOnes = cache(ifGood, ticker);
    this.badOnes = cache(ifBad, ticker);
    this.tally = tally;
  }

  private static <K, V> Cache<K, V> cache(Duration time, Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumSize(MOST)
        .expireAfterWrite(time)
        .ticker(ticker)
        .executor(Runnable::run) // its own threads are none of the server's
        .build();
  }

  V answer(K key, Question<V> question) throws ClusterAwayException {
    V known = goodOnes.getIfPresent(key);
    known = known == null ? badOnes.getIfPresent(key) : known;
    if (known != null) {
      tally.count(Tally.CACHED);
      return known;
    }
    try {
      V answer = question.ask();
      tally.count(Tally.ASKED);
      (good.test(answer) ? goodOnes : badOnes).put(key, answer);
      return answer;
    } catch (ClusterAwayException e) {
      tally.count(Tally.FAILED);
      throw e;
    }
  }
}
