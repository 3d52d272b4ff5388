package ee.interlink.site.jobs;

import java.util.Locale;

/** One annotation that a driver understands: a constant of the table of all of them. */
public interface KnownAnnotation {

  /** The constant's own. */
  String name();

  /** What values it can have. */
  ValueForm form();

  /** Its name behind the driver's prefix, and in settings: that of MAIL_USER is mail-user. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
