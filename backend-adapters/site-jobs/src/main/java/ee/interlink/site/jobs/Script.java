package ee.interlink.site.jobs;

import java.util.Locale;

/** The constant texts that run at the site, one for each kind of call. */
enum Script {
  SUBMIT,
  FIND,
  REPORT,
  ENDED,
  CANCEL,
  LOG,
  DISCARD,
  CAPACITY,
  RUNTIME;

  private final String common = TextResource.read(Script.class, "common.sh");
  private final String call =
      TextResource.read(Script.class, name().toLowerCase(Locale.ROOT) + ".sh");

  String text(Scheduler scheduler) {
    return common + scheduler.functions() + call;
  }
}
