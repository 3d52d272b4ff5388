package ee.interlink.web.portal;

import ee.interlink.web.log.LogRequest;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;

/** Which part of a log is wanted, in the query's words: those of Kubernetes. */
public class LogParameters {
  @QueryParam("follow")
  String follow;

  @QueryParam("previous")
  String previous;

  @QueryParam("timestamps")
  String timestamps;

  @QueryParam("sinceSeconds")
  String sinceSeconds;

  @QueryParam("sinceTime")
  String sinceTime;

  @QueryParam("tailLines")
  String tailLines;

  @QueryParam("limitBytes")
  String limitBytes;

  LogRequest request(Instant now) {
    return new LogRequest(
        Parameter.flag("follow", follow),
        Parameter.flag("previous", previous),
        Parameter.flag("timestamps", timestamps),
        LogRequest.since(
            Parameter.number("sinceSeconds", sinceSeconds),
            Parameter.time("sinceTime", sinceTime),
            now),
        Parameter.number("tailLines", tailLines),
        Parameter.number("limitBytes", limitBytes));
  }
}
