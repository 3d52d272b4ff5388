package ee.interlink.runner;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.JobRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The variables that Apptainer does not take from its own environment; {@code env} inside the
 * container sets these.
 *
 * <p>It keeps a few names for itself. Their values stand in Apptainer's arguments, which others may
 * see for as long as an image is fetched: so no other name goes that way.
 *
 * <p>One name that is no identifier, such as Kubernetes allows, makes it lose all that come after
 * it. These are carried as the values of others, and a shell inside the container hands them to
 * {@code env}.
 */
final class ApptainerEnvironment {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> KEPT = Set.of("HOME", "UID", "EUID", "GID");

  /** With a number behind it, the variable that carries another one's name and value. */
  private static final String CARRIER = "INTERLINK_CARRIED_";

  private ApptainerEnvironment() {}

  static void check(String field, ContainerSpec container) throws JobRejectedException {
    for (EnvVar variable : container.env()) {
      String name = variable.name();
      // A name that is no identifier travels in the value of another variable.
      if ((name + "=" + variable.value()).contains("\r\n") && !KEPT.contains(name)) {
        throw new JobRejectedException(
            field + "env: Apptainer drops the carriage return before a newline in " + shown(name));
      }
      if ((KEPT.contains(name) || isForeign(variable)) && container.command().isEmpty()) {
        throw new JobRejectedException(
            field + "env: Apptainer sets " + shown(name) + " only for a container with a command");
      }
    }
  }

  /** What goes by Apptainer's own environment. */
  static List<EnvVar> carried(ContainerSpec container) {
    List<EnvVar> carried = new ArrayList<>();
    for (EnvVar variable : container.env()) {
      if (!KEPT.contains(variable.name()) && !isForeign(variable)) {
        carried.add(variable);
      }
    }
    List<String> foreign = foreign(container);
    for (int i = 0; i < foreign.size(); i++) {
      carried.add(new EnvVar(CARRIER + i, foreign.get(i)));
    }
    return carried;
  }

  static List<String> command(ContainerSpec container) {
    List<String> kept =
        Environment.lastOfEachName(
            container.env().stream().filter(variable -> KEPT.contains(variable.name())).toList());
    int foreign = foreign(container).size();
    if (kept.isEmpty() && foreign == 0) {
      return container.command();
    }
    List<String> command = new ArrayList<>();
    if (foreign == 0) {
      command.addAll(List.of("env", "--"));
    } else {
      command.addAll(List.of("sh", "-c", unpacking(foreign), "sh"));
    }
    command.addAll(kept);
    if (container.command().get(0).contains("=")) {
      command.addAll(List.of("nice", "-n", "0", "--")); // env would take it for a variable
    }
    command.addAll(container.command());
    return command;
  }

  private static String unpacking(int count) {
    StringBuilder forgotten = new StringBuilder();
    StringBuilder assigned = new StringBuilder();
    for (int i = 0; i < count; i++) {
      forgotten.append(" -u ").append(CARRIER).append(i);
      assigned.append(" \"$").append(CARRIER).append(i).append('"');
    }
    return "exec env" + forgotten + " --" + assigned + " \"$@\"";
  }

  private static List<String> foreign(ContainerSpec container) {
    return Environment.lastOfEachName(
        container.env().stream().filter(ApptainerEnvironment::isForeign).toList());
  }

  private static boolean isForeign(EnvVar variable) {
    return !IDENTIFIER.matcher(variable.name()).matches();
  }

  private static String shown(String name) {
    return name.replaceAll("[^ -~]", "?");
  }
}
