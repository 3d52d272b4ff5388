package ee.interlink.slurm;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.site.jobs.SettingReader;
import ee.interlink.site.jobs.SiteSettings;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of a backend with {@code driver=slurm}; docs/decisions/0004-slurm-over-one-exec.md
 * has the table of their keys.
 */
record SlurmSettings(
    SiteSettings site, Optional<String> partition, Optional<String> account, Optional<String> qos) {
  private static final Pattern SLURM_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.,-]*");

  static SlurmSettings read(BackendSettings backend) throws InvalidSettingException {
    SettingReader reader = new SettingReader(backend);
    SlurmSettings settings =
        new SlurmSettings(
            SiteSettings.read(reader),
            reader.text("partition", SLURM_NAME),
            reader.text("slurm-account", SLURM_NAME),
            reader.text("qos", SLURM_NAME));
    reader.end();
    return settings;
  }
}
