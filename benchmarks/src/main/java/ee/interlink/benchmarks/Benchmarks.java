package ee.interlink.benchmarks;

import ee.interlink.testbed.Project;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The program behind {@code benchmarks/run}. */
public final class Benchmarks {
  private static final Map<String, Supplier<Benchmark>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("submit", SubmitBenchmark::slurm);
    ALL.put("burst", BurstBenchmark::slurm);
    ALL.put("status", StatusBenchmark::new);
    ALL.put("commands", CommandsBenchmark::new);
    ALL.put("slurm-idle", () -> new SlurmIdleBenchmark(new SlurmBatch()));
    ALL.put("rest-submit", SubmitBenchmark::rest);
    ALL.put("rest-burst", BurstBenchmark::rest);
    ALL.put("rest-idle", () -> new SlurmIdleBenchmark(new RestBatch()));
    ALL.put("condor-submit", SubmitBenchmark::htcondor);
    ALL.put("condor-burst", BurstBenchmark::htcondor);
    ALL.put("condor-idle", CondorIdleBenchmark::new);
    ALL.put("node", NodeSubmitBenchmark::new);
    ALL.put("node-burst", NodeBurstBenchmark::new);
    ALL.put("node-status", NodeStatusBenchmark::new);
    ALL.put("node-idle", NodeIdleBenchmark::new);
    ALL.put("runner", RunnerBenchmark::new);
    ALL.put("start", StartBenchmark::new);
    ALL.put("run", RunBenchmark::new);
  }

  private final Size size;

  private Benchmarks(Size size) {
    this.size = size;
  }

  public static void main(String[] words) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>(List.of(words));
    boolean small = names.remove("--small");
    for (String name : names) {
      if (!ALL.containsKey(name)) {
        System.err.println(name + " is no benchmark; there are " + ALL.keySet());
        System.exit(2);
      }
    }
    new Benchmarks(small ? Size.SMALL : Size.FULL)
        .run(names.isEmpty() ? List.copyOf(ALL.keySet()) : names);
  }

  private void run(List<String> names) throws IOException, InterruptedException {
    List<Batch> batches = names.stream().map(name -> ALL.get(name).get().batch()).toList();
    String machine = Machine.line(Testbed.here(), batches);
    print(machine);
    StringBuilder results = new StringBuilder("## ").append(machine);
    for (String name : names) {
      System.err.println("running " + name + " …");
      for (Table table : run(ALL.get(name).get())) {
        print(table.markdown());
        results.append(table.markdown());
      }
    }
    if (size.equals(Size.FULL)) {
      Path file = Project.root().resolve("benchmarks/results.md");
      Files.writeString(file, results, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      System.err.println("appended to " + file);
    }
  }

  private List<Table> run(Benchmark benchmark) throws IOException, InterruptedException {
    try (Bench bench = new Bench(size, benchmark.batch())) {
      // Ctrl-C cleans up too; a bench that is closed already does nothing.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(bench)));
      return benchmark.run(bench);
    }
  }

  private static void close(Bench bench) {
    try {
      bench.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void print(String text) {
    System.out.print(text);
    System.out.flush();
  }
}
