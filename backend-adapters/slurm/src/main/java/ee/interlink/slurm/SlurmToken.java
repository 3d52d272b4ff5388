package ee.interlink.slurm;

import static ee.interlink.slurm.RestJson.JSON;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.NotAuthorisedException;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An account's token for slurmrestd (Slurm's documentation, "JSON Web Tokens (JWT)
 * Authentication"), read anew for each use, so that one that was renewed counts at once.
 *
 * @param file where it is
 */
record SlurmToken(AccountName account, Path file) {
  /** RFC 7519: three parts of base64url. It goes into a header, where no other could be told. */
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]+");

  /**
   * The token itself.
   *
   * @throws NotAuthorisedException if there is none, or it is another user's: the token of Slurm's
   *     own user would let in anybody
   */
  String value() throws NotAuthorisedException {
    String token;
    try {
      token = Files.readString(file, US_ASCII).strip();
    } catch (IOException e) {
      throw new NotAuthorisedException("no token of " + account + " in " + file, e);
    }
    if (!user(token).equals(account.value())) {
      throw new NotAuthorisedException("what is in " + file + " is no token of " + account);
    }
    return token;
  }

  /**
   * That there is one.
   *
   * @throws NotAuthorisedException as {@link #value}
   */
  @SuppressWarnings("CheckReturnValue") // it is the exception that matters
  void check() throws NotAuthorisedException {
    value();
  }

  /** The claim that Slurm reads as the user's name; empty if it cannot be read. */
  private static String user(String token) {
    Matcher parts = FORM.matcher(token);
    if (!parts.matches()) {
      return "";
    }
    try (JsonReader claims =
        JSON.createReader(
            new StringReader(new String(Base64.getUrlDecoder().decode(parts.group(1)), UTF_8)))) {
      return claims.readObject().getString("sun", "");
    } catch (JsonException | IllegalArgumentException e) {
      return "";
    }
  }
}
