package ee.interlink.runner;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.JobRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The variables that Apptainer does not take from its own environment. One name that is no
 * identifier makes it lose all that come after it, so such a name is refused. It keeps a few names
 * for itself; {@code env} inside the container sets these. Their values stand in Apptainer's
 * arguments, which others may see for as long as an image is fetched: so no other name goes that
 * way.
 */
final class ApptainerEnvironment {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> KEPT = Set.of("HOME", "UID", "EUID", "GID");

  private ApptainerEnvironment() {}

  static void check(String field, ContainerSpec container) throws JobRejectedException {
    for (EnvVar variable : container.env()) {
      String name = variable.name();
      if (!IDENTIFIER.matcher(name).matches()) {
        throw new JobRejectedException(
            field + "env: Apptainer cannot set a variable with the name '" + shown(name) + "'");
      }
      if (variable.value().contains("\r\n") && !KEPT.contains(name)) {
        throw new JobRejectedException(
            field + "env: Apptainer drops the carriage return before a newline in " + name);
      }
      if (KEPT.contains(name) && container.command().isEmpty()) {
        throw new JobRejectedException(
            field + "env: Apptainer sets " + name + " only for a container with a command");
      }
    }
  }

  static List<EnvVar> carried(ContainerSpec container) {
    return container.env().stream().filter(variable -> !KEPT.contains(variable.name())).toList();
  }

  static List<String> command(ContainerSpec container) {
    List<String> assignments =
        Environment.lastOfEachName(
            container.env().stream().filter(variable -> KEPT.contains(variable.name())).toList());
    if (assignments.isEmpty()) {
      return container.command();
    }
    List<String> command = new ArrayList<>(List.of("env", "--"));
    command.addAll(assignments);
    if (container.command().get(0).contains("=")) {
      command.addAll(List.of("nice", "-n", "0", "--")); // env would take it for a variable
    }
    command.addAll(container.command());
    return command;
  }

  private static String shown(String name) {
    return name.replaceAll("[^ -~]", "?");
  }
}
