package ee.interlink.batch;

/**
 * Where an observation of one backend stands. Made and read by the driver alone; lives in memory,
 * so losing it costs only a fuller next round. A driver's own cursor type implements this.
 */
public interface ReportCursor {
  /** The first round of a process. */
  ReportCursor START = new ReportCursor() {};
}
