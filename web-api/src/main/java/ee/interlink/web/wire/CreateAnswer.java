package ee.interlink.web.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer to {@code /create}, there called CreateStruct. */
record CreateAnswer(@JsonProperty("PodUID") String podUid, @JsonProperty("PodJID") String jobId) {}
