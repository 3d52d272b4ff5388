package ee.interlink.slurm;

import ee.interlink.batch.InvalidSettingException;
import ee.interlink.site.jobs.SettingReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Slurm's REST service, slurmrestd(8).
 *
 * @param service its address, without a path
 * @param tokens a folder with a file for each account, named after it, that holds its JWT
 * @param authorities certificates (PEM) of those who may vouch for the service; empty for those
 *     that Java trusts
 * @param version of the data parser, {@code v0.0.42}; empty to take one that both know
 */
record RestSettings(
    URI service, Path tokens, Optional<Path> authorities, Optional<String> version) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https?://(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:]+\\])(?::[0-9]{1,5})?/?");
  private static final Pattern VERSION = Pattern.compile("v0\\.0\\.[0-9]{2}");
  private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1", "[::1]");

  static Optional<RestSettings> read(SettingReader reader) throws InvalidSettingException {
    Optional<String> address = reader.text("slurmrestd", ADDRESS);
    Optional<Path> tokens = reader.file("token-directory");
    Optional<Path> authorities = reader.file("slurmrestd-ca");
    Optional<String> version = reader.text("slurmrestd-version", VERSION);
    if (address.isEmpty()) {
      if (tokens.isPresent() || authorities.isPresent() || version.isPresent()) {
        throw reader.wrong("slurmrestd", "is missing although settings for it are there");
      }
      return Optional.empty();
    }
    URI service = URI.create(address.get());
    if (service.getScheme().equals("http") && !THIS_HOST.contains(service.getHost())) {
      throw reader.wrong(
          "slurmrestd", "is of another host without TLS: tokens and the pods' secrets go there");
    }
    return Optional.of(
        new RestSettings(
            service,
            tokens.orElseThrow(() -> reader.wrong("token-directory", "is missing")),
            authorities,
            version));
  }
}
