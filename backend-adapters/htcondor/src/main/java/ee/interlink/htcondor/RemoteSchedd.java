package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.site.ShellQuote;
import ee.interlink.site.jobs.SettingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A schedd that has no file system in common with the host of the commands (condor_submit, {@code
 * -remote}).
 *
 * @param name the schedd's, as condor_status -schedd shows it
 * @param collector host and port of the pool's collector; empty for the one of the host's
 *     configuration
 * @param tokens a folder with one for each account: tokens as in {@code ~/.condor/tokens.d}, and
 *     the SciToken {@code bearer_token} if the schedd takes such; empty for what the account of the
 *     commands has itself
 */
record RemoteSchedd(String name, Optional<String> collector, Optional<Path> tokens) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]*");
  private static final Pattern COLLECTOR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:?=&-]*");
  private static final String BEARER_TOKEN = "bearer_token";

  /**
   * @param login whether the commands run at a login node, as the account itself
   */
  static Optional<RemoteSchedd> read(SettingReader reader, boolean login)
      throws InvalidSettingException {
    Optional<String> name = reader.text("schedd", NAME);
    Optional<String> collector = reader.text("collector", COLLECTOR);
    Optional<Path> tokens = reader.file("token-directory");
    if (name.isEmpty()) {
      if (collector.isPresent() || tokens.isPresent()) {
        throw reader.wrong("schedd", "is missing although settings for a remote one are there");
      }
      return Optional.empty();
    }
    if (login && tokens.isPresent()) {
      throw reader.wrong("token-directory", "is of this host, but the commands run at ssh.host");
    }
    if (!login && tokens.isEmpty()) {
      throw reader.wrong("token-directory", "is missing");
    }
    return Optional.of(new RemoteSchedd(name.get(), collector, tokens));
  }

  /**
   * That there is a token of this account here. Which account the schedd takes it for, the schedd
   * itself is asked before each submission.
   *
   * @throws NotAuthorisedException if there is none
   */
  void check(AccountName account) throws NotAuthorisedException {
    Path folder = tokens.orElseThrow().resolve(account.value());
    try (Stream<Path> files = Files.list(folder)) {
      if (files.anyMatch(Files::isReadable)) {
        return;
      }
    } catch (IOException e) {
      throw new NotAuthorisedException("no token of " + account + " in " + folder, e);
    }
    throw new NotAuthorisedException("no token of " + account + " in " + folder);
  }

  /** Constants for spooled.sh, which comes after them. */
  String constants(AccountName account) {
    StringBuilder text = new StringBuilder();
    String pool = collector.map(c -> "-pool " + ShellQuote.word(c)).orElse("");
    text.append("pool=(").append(pool).append(")\n");
    text.append("there=(\"${pool[@]}\" -name ").append(ShellQuote.word(name)).append(")\n");
    text.append("submitting=(\"${pool[@]}\" -remote ").append(ShellQuote.word(name)).append(")\n");
    text.append("owner=").append(ShellQuote.word(account.value())).append('\n');
    // The files of pods are among what goes over the network.
    variable(text, "SEC_CLIENT_ENCRYPTION", "REQUIRED");
    variable(text, "SEC_CLIENT_INTEGRITY", "REQUIRED");
    tokens.ifPresent(
        folder -> {
          Path own = folder.resolve(account.value());
          boolean bearer = Files.isReadable(own.resolve(BEARER_TOKEN));
          variable(text, "SEC_TOKEN_DIRECTORY", own.toString());
          variable(
              text,
              "SEC_CLIENT_AUTHENTICATION_METHODS",
              String.join(",", bearer ? List.of("SCITOKENS", "IDTOKENS") : List.of("IDTOKENS")));
          if (bearer) {
            variable(text, "SCITOKENS_FILE", own.resolve(BEARER_TOKEN).toString());
          }
        });
    return text.toString();
  }

  private static void variable(StringBuilder text, String knob, String value) {
    text.append("export _CONDOR_").append(knob).append('=').append(ShellQuote.word(value));
    text.append('\n');
  }
}
