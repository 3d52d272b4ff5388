package ee.interlink.testbed;

import java.util.HashMap;
import java.util.Map;

/** The same Slurm, asked by slurmrestd; the jobs' folders are reached by SSH. */
final class RestSlurm extends Slurm {
  private final Testbed testbed;

  RestSlurm(Testbed testbed) {
    super(testbed);
    this.testbed = testbed;
  }

  @Override
  public Map<String, String> way(String account) {
    Map<String, String> way = new HashMap<>(super.way(account));
    way.put("slurmrestd", testbed.setting("TESTBED_SLURMRESTD"));
    way.put("token-directory", testbed.setting("TESTBED_SLURM_TOKENS"));
    return way;
  }
}
