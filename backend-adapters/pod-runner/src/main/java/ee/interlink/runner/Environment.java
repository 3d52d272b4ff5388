package ee.interlink.runner;

import ee.interlink.batch.EnvVar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of a container as {@code NAME=VALUE}. */
final class Environment {
  private Environment() {}

  static List<String> lastOfEachName(List<EnvVar> variables) {
    Map<String, String> values = new LinkedHashMap<>();
    for (EnvVar variable : variables) {
      values.put(variable.name(), variable.value());
    }
    return values.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .toList();
  }
}
