package ee.interlink.htcondor;

import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.site.jobs.SettingReader;
import ee.interlink.site.jobs.SiteSettings;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of a backend with {@code driver=htcondor}; docs/decisions/0008-htcondor.md has the
 * table of their keys.
 *
 * @param accountingGroup HTCondor's accounting_group, in whose share the jobs run
 */
record HtcondorSettings(SiteSettings site, Optional<String> accountingGroup) {
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  static HtcondorSettings read(BackendSettings backend) throws InvalidSettingException {
    SettingReader reader = new SettingReader(backend);
    HtcondorSettings settings =
        new HtcondorSettings(SiteSettings.read(reader), reader.text("accounting-group", GROUP));
    reader.end();
    return settings;
  }
}
