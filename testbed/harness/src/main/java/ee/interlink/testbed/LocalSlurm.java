package ee.interlink.testbed;

import java.util.Map;

/** The same Slurm as a server finds it that runs on a login node: see {@link Inside}. */
final class LocalSlurm extends Slurm {
  LocalSlurm(Testbed testbed) {
    super(testbed);
  }

  @Override
  public Map<String, String> way(String account) {
    return Map.of("directory", SharedFolder.unique(account));
  }
}
