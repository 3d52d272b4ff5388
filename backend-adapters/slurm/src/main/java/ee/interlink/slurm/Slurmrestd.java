package ee.interlink.slurm;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;

/**
 * What we ask of slurmrestd (Slurm's documentation, "REST API Reference"); its own answer comes
 * back whatever its status, for that alone does not say much: see {@link RestAnswer}.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface Slurmrestd extends Closeable {

  /** Whether it speaks this version. */
  @GET
  @Path("slurm/{version}/ping/")
  Response ping(@PathParam("version") String version);

  /** Makes a job. */
  @POST
  @Path("slurm/{version}/job/submit")
  Response submit(@PathParam("version") String version, String job);

  /** The state of every job, and nothing else. */
  @GET
  @Path("slurm/{version}/jobs/state/")
  Response states(@PathParam("version") String version);

  /** All of every job: large. */
  @GET
  @Path("slurm/{version}/jobs/")
  Response jobs(@PathParam("version") String version);

  /** All of one job. */
  @GET
  @Path("slurm/{version}/job/{job}")
  Response job(@PathParam("version") String version, @PathParam("job") String job);

  /**
   * The end of a job, or a signal to it.
   *
   * @param signal null for its end
   * @param flags to whom the signal goes; null for all
   */
  @DELETE
  @Path("slurm/{version}/job/{job}")
  Response end(
      @PathParam("version") String version,
      @PathParam("job") String job,
      @QueryParam("signal") String signal,
      @QueryParam("flags") String flags);

  @GET
  @Path("slurm/{version}/nodes/")
  Response nodes(@PathParam("version") String version);

  @GET
  @Path("slurm/{version}/partitions/")
  Response partitions(@PathParam("version") String version);

  /** Jobs of this name in accounting. */
  @GET
  @Path("slurmdb/{version}/jobs/")
  Response accounted(
      @PathParam("version") String version,
      @QueryParam("job_name") String name,
      @QueryParam("users") String user,
      @QueryParam("start_time") String since);

  /** One job in accounting. */
  @GET
  @Path("slurmdb/{version}/job/{job}")
  Response accounted(@PathParam("version") String version, @PathParam("job") String job);
}
