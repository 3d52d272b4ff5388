package ee.interlink.benchmarks;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchDriver.DriverConnection;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import ee.interlink.runner.ContainerRuntime;
import ee.interlink.runner.JobArchive;
import ee.interlink.runner.JobFiles;
import ee.interlink.runner.RunnerSettings;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the runner itself costs a pod, beside Apptainer alone with the same image and the same
 * options, in turns; and what the news of many jobs cost whoever reads it.
 */
final class RunnerBenchmark implements Benchmark {
  private static final int EVENTS_OF_A_POD = 3;

  /** The backend's folder of which only the spool is there. */
  private static final String NEWS = "news";

  private static final ContainerRuntime.Apptainer APPTAINER =
      new ContainerRuntime.Apptainer(
          "apptainer", ContainerRuntime.Apptainer.DEFAULT_PREFIX, List.of());

  /** A container's first instruction says when it was, in seconds with six places. */
  private static final String SAYS_WHEN = "echo | ts %.s";

  /**
   * As the account: FOLDER IMAGE, with an archive UID.tar for each run. Says lines {@code WAY START
   * WHOLE}, in microseconds.
   */
  private static final String TURNS =
      """
      cd "$1" && mkdir -p spool || exit
      micros() { printf '%s' "${1//[!0-9]/}"; }
      for archive in *.tar; do
        uid=${archive%.tar}
        begun=$(micros "$EPOCHREALTIME")
        said=$(apptainer -s exec --containall --no-eval --writable-tmpfs --pwd / "$2" sh -c "$3")
        ended=$(micros "$EPOCHREALTIME")
        echo "bare $(($(micros "$said") - begun)) $((ended - begun))"
        mkdir "$uid" && tar -x -p -o -f "$archive" -C "$uid" || exit
        begun=$(micros "$EPOCHREALTIME")
        setsid -w bash "$uid/pod-runner.sh" "$PWD/$uid" >/dev/null
        ended=$(micros "$EPOCHREALTIME")
        said=$(<"$uid/logs/main.log")
        echo "runner $(($(micros "$said") - begun)) $((ended - begun))"
      done
      """;

  /**
   * As the account: FOLDER UID. Says the proportional memory of the runner's own processes in kB,
   * their number, and the files of the pod.
   */
  private static final String MEMORY =
      """
      cd "$1" && mkdir -p spool "$2" && tar -x -p -o -f "$2.tar" -C "$2" || exit
      setsid bash "$2/pod-runner.sh" "$PWD/$2" >/dev/null 2>&1 &
      until [[ -s $2/logs/main.log ]]; do read -r -t 0.05 <> <(:); done
      read -r -t 1 <> <(:)
      memory=0 processes=0
      for process in $(pgrep -f -- "$2/pod-runner.sh"); do
        [[ $(<"/proc/$process/comm") == bash ]] || continue
        memory=$((memory + $(awk '/^Pss:/ { print $2 }' "/proc/$process/smaps_rollup")))
        processes=$((processes + 1))
      done
      files=$(find "$2" -type f | wc -l)
      read -r pid _ <"$2/state/claimed/process"
      kill -TERM "$pid"
      wait
      echo "$memory $processes $files $(find "$2" -type f | wc -l)"
      """;

  @Override
  public List<Table> run(Bench bench) throws IOException {
    return List.of(cost(bench), memory(bench), news(bench));
  }

  private Table cost(Bench bench) throws IOException {
    Path folder = bench.shared();
    for (int i = 0; i < bench.size().runs(); i++) {
      archive(bench, folder, SAYS_WHEN);
    }
    String said = as(bench, TURNS, folder, image(bench), SAYS_WHEN);
    Map<String, List<Duration>> starts = new HashMap<>();
    Map<String, List<Duration>> wholes = new HashMap<>();
    for (String line : said.lines().toList()) {
      String[] words = line.split(" ", -1);
      starts.computeIfAbsent(words[0], way -> new ArrayList<>()).add(micros(words[1]));
      wholes.computeIfAbsent(words[0], way -> new ArrayList<>()).add(micros(words[2]));
    }
    Table table =
        new Table(
            "runner: from its start to a container's first instruction, and to its end",
            "way",
            "n",
            "start p50, ms",
            "p95",
            "whole p50, ms",
            "p95");
    for (String way : List.of("bare", "runner")) {
      Sample start = new Sample(starts.get(way));
      Sample whole = new Sample(wholes.get(way));
      table.row(
          way,
          Integer.toString(start.size()),
          Sample.shown(start.p50()),
          Sample.shown(start.p95()),
          Sample.shown(whole.p50()),
          Sample.shown(whole.p95()));
    }
    return table.note(
        "Bare is `apptainer exec` with the same SIF file and the runner's options, by turns with it.");
  }

  private Table memory(Bench bench) throws IOException {
    Path folder = bench.shared();
    String uid = archive(bench, folder, "echo begun; exec sleep 600");
    String[] said = as(bench, MEMORY, folder, uid).strip().split(" ", -1);
    return new Table(
            "runner: what a pod of one container has while it runs",
            "memory of the runner's processes, kB",
            "processes",
            "files in the job's folder",
            "after its end")
        .row(said)
        .note("Memory is proportional (Pss): what processes share counts once.");
  }

  /** Folders of pods are not needed for news that have no text. */
  private Table news(Bench bench) throws IOException {
    Path spool = Files.createDirectories(bench.shared().resolve(NEWS).resolve("spool"));
    Table table =
        new Table(
            "runner: one round of observation, by the news of jobs that it brings",
            "jobs with news",
            "events",
            "round, ms",
            "bytes of names");
    try (DriverConnection connection = connect(bench)) {
      connection.report(List.of(), ReportCursor.START);
      for (int jobs : List.of(0, 1, bench.size().news())) {
        long bytes = 0;
        for (int i = 0; i < jobs; i++) {
          for (String event : List.of("started,main,0,0,1", "exited,main,0,0,2", "ended,,0,0,3")) {
            String name = UUID.randomUUID() + "," + event;
            Files.createFile(spool.resolve(name));
            bytes += name.length();
          }
        }
        List<Duration> rounds = new ArrayList<>();
        for (int i = 0; i < bench.size().runs(); i++) {
          long begun = System.nanoTime();
          int reports = connection.report(List.of(), ReportCursor.START).reports().size();
          rounds.add(Duration.ofNanos(System.nanoTime() - begun));
          if (reports < jobs * EVENTS_OF_A_POD) {
            throw new IOException(reports + " reports of " + jobs + " jobs");
          }
        }
        table.row(
            Integer.toString(jobs),
            Integer.toString(jobs * EVENTS_OF_A_POD),
            Sample.shown(new Sample(rounds).p50()),
            Long.toString(bytes));
      }
      return table.note(
          "By the driver for Slurm over SSH, one command a round; median of "
              + bench.size().runs()
              + ". A round that is asked again brings the same again, for nobody has kept it.");
    } catch (BatchException e) {
      throw new IOException(e);
    }
  }

  private static DriverConnection connect(Bench bench) throws BatchException {
    BatchDriver slurm =
        ServiceLoader.load(BatchDriver.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(driver -> driver.name().equals("slurm"))
            .findFirst()
            .orElseThrow();
    Map<String, String> values = new TreeMap<>(bench.testbed().slurm().way(Testbed.USER));
    values.remove("driver");
    values.put("directory", bench.inside(bench.scratch().getFileName() + "/" + NEWS));
    values.put("queue-interval", "PT0.001S");
    return slurm.connect(
        new BackendSettings(new BackendName(Bench.BACKEND), slurm.name(), values),
        new AccountName(Testbed.USER));
  }

  /** What a driver would send, as a file; its name without {@code .tar} is the pod's UID. */
  private static String archive(Bench bench, Path folder, String script) throws IOException {
    PodUid uid = new PodUid(UUID.randomUUID().toString());
    JobRequest pod =
        new JobRequest(
            uid,
            "default",
            "measured",
            List.of(),
            List.of(
                new ContainerSpec(
                    new ContainerName("main"),
                    image(bench),
                    List.of("sh", "-c", script),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of())),
            RestartPolicy.NEVER,
            List.of(),
            Resources.SITE_DEFAULTS,
            Duration.ofSeconds(5),
            Optional.empty());
    try (OutputStream out = Files.newOutputStream(folder.resolve(uid + ".tar"))) {
      JobArchive.write(JobFiles.of(pod, APPTAINER, RunnerSettings.USUAL), out);
    } catch (JobRejectedException e) {
      throw new IOException(e);
    }
    return uid.value();
  }

  private static String image(Bench bench) {
    return bench.testbed().setting("TESTBED_IMAGE_SIF");
  }

  private static String as(Bench bench, String script, Path folder, String... words) {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "measure"));
    command.add(bench.inside(folder.getFileName().toString()));
    command.addAll(List.of(words));
    return bench.testbed().as(Testbed.USER, command.toArray(String[]::new)).output();
  }

  private static Duration micros(String text) {
    return Duration.of(Long.parseLong(text), ChronoUnit.MICROS);
  }
}
