package ee.interlink.slurm;

import static ee.interlink.slurm.RestJson.JSON;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobRejectedException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What sbatch would be told, as slurmrestd takes it ({@code job_desc_msg}). The one table of both
 * names.
 */
final class RestJob {
  private RestJob() {}

  /** How a value is written. */
  private enum Form {
    TEXT,
    NUMBER,
    /** A least and a greatest number, which are one for sbatch. */
    NODES,
    /** A number that may also be none at all. */
    SET_NUMBER,
    /** With {@code M} behind it. */
    MEBIBYTES,
    GRES,
    MAIL_TYPES,
    WORD_LIST
  }

  private record Field(String name, Form form) {}

  private static final Map<String, Field> TABLE =
      Map.ofEntries(
          Map.entry("job-name", new Field("name", Form.TEXT)),
          Map.entry("comment", new Field("comment", Form.TEXT)),
          Map.entry("open-mode", new Field("open_mode", Form.WORD_LIST)),
          Map.entry("nodes", new Field("minimum_nodes", Form.NODES)),
          Map.entry("ntasks", new Field("tasks", Form.NUMBER)),
          Map.entry("cpus-per-task", new Field("cpus_per_task", Form.NUMBER)),
          Map.entry("mem", new Field("memory_per_node", Form.MEBIBYTES)),
          Map.entry("mem-per-cpu", new Field("memory_per_cpu", Form.MEBIBYTES)),
          Map.entry("gres", new Field("tres_per_node", Form.GRES)),
          Map.entry("time", new Field("time_limit", Form.SET_NUMBER)),
          Map.entry("partition", new Field("partition", Form.TEXT)),
          Map.entry("account", new Field("account", Form.TEXT)),
          Map.entry("qos", new Field("qos", Form.TEXT)),
          Map.entry("reservation", new Field("reservation", Form.TEXT)),
          Map.entry("constraint", new Field("constraints", Form.TEXT)),
          Map.entry("licenses", new Field("licenses", Form.TEXT)),
          Map.entry("dependency", new Field("dependency", Form.TEXT)),
          Map.entry("nice", new Field("nice", Form.NUMBER)),
          Map.entry("mail-user", new Field("mail_user", Form.TEXT)),
          Map.entry("mail-type", new Field("mail_type", Form.MAIL_TYPES)));

  /** What sbatch makes of some words of {@code --mail-type}. */
  private static final Map<String, List<String>> MAIL_TYPES =
      Map.of(
          "NONE", List.of(),
          "ALL", List.of("BEGIN", "END", "FAIL", "INVALID_DEPENDENCY", "REQUEUE", "STAGE_OUT"),
          "INVALID_DEPEND", List.of("INVALID_DEPENDENCY"),
          "TIME_LIMIT", List.of("TIME=100%"),
          "TIME_LIMIT_90", List.of("TIME=90%"),
          "TIME_LIMIT_80", List.of("TIME=80%"),
          "TIME_LIMIT_50", List.of("TIME=50%"));

  /**
   * The job's description.
   *
   * @param options of sbatch, each {@code --name} or {@code --name=value}
   * @throws JobRejectedException if there is one that a service is not told
   */
  static JsonObjectBuilder of(List<String> options) throws BatchException {
    JsonObjectBuilder job = JSON.createObjectBuilder();
    for (String option : options) {
      String[] parts = option.substring("--".length()).split("=", 2);
      if (parts.length == 2 && TABLE.containsKey(parts[0])) {
        Field field = TABLE.get(parts[0]);
        put(job, field, parts[1]);
      } else {
        switch (option) {
          case "--requeue" -> job.add("requeue", true);
          case "--no-requeue" -> job.add("requeue", false);
          case "--exclusive" -> job.add("shared", JSON.createArrayBuilder().add("none"));
          default ->
              throw new JobRejectedException("slurmrestd is not told the option --" + parts[0]);
        }
      }
    }
    return job;
  }

  private static void put(JsonObjectBuilder job, Field field, String value) {
    String name = field.name();
    switch (field.form()) {
      case TEXT -> job.add(name, value);
      case NUMBER -> job.add(name, Long.parseLong(value));
      case NODES ->
          job.add(name, Long.parseLong(value)).add("maximum_nodes", Long.parseLong(value));
      case SET_NUMBER -> job.add(name, number(Long.parseLong(value)));
      case MEBIBYTES ->
          job.add(name, number(Long.parseLong(value.substring(0, value.length() - 1))));
      case GRES ->
          job.add(
              name,
              Arrays.stream(value.split(",", -1))
                  .map("gres/"::concat)
                  .collect(Collectors.joining(",")));
      case WORD_LIST ->
          job.add(name, JSON.createArrayBuilder().add(value.toUpperCase(Locale.ROOT)));
      case MAIL_TYPES -> job.add(name, mailTypes(value));
    }
  }

  private static JsonObject number(long number) {
    return JSON.createObjectBuilder().add("set", true).add("number", number).build();
  }

  private static JsonArrayBuilder mailTypes(String value) {
    JsonArrayBuilder types = JSON.createArrayBuilder();
    Arrays.stream(value.split(",", -1))
        .flatMap(word -> MAIL_TYPES.getOrDefault(word, List.of(word)).stream())
        .distinct()
        .forEach(types::add);
    return types;
  }
}
