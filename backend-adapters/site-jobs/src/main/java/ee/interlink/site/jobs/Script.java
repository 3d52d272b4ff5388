package ee.interlink.site.jobs;

import ee.interlink.runner.VolumeUpdates;
import java.util.Locale;

/** The constant texts that run at the site, one for each kind of call. */
enum Script {
  SUBMIT,
  FIND,
  REPORT,
  ENDED,
  CANCEL,
  UPDATE(VolumeUpdates.script()),
  LOG,
  DISCARD,
  CAPACITY,
  PREPARE,
  RUNTIME;

  private final String common = TextResource.read(Script.class, "common.sh");
  private final String call;

  Script() {
    this.call = TextResource.read(Script.class, name().toLowerCase(Locale.ROOT) + ".sh");
  }

  /** One that knows the layout of a job's directory, and so comes from there. */
  Script(String call) {
    this.call = call;
  }

  String text(SiteScheduler scheduler) {
    return common + scheduler.functions() + call;
  }
}
