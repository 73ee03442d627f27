using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HaLong.Signatures.Pki;

/// <summary>Whether this replica can sign: the authorities exist and the password opens their keys. Asked until it is true once.</summary>
internal sealed class PkiHealth(Authorities authorities) : IHealthCheck
{
    private bool opened;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (opened)
            return HealthCheckResult.Healthy();
        try
        {
            authorities.OpenIssuingKey(await authorities.GetAsync(cancellationToken)).Dispose();
            opened = true;
            return HealthCheckResult.Healthy();
        }
        catch (ErrorException e)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus,
                e.InnerException is null ? "There is no certificate authority: run migrate, or import the one of the key ceremony."
                    : e.Error.Code != SignatureErrors.NotReady.Code ? "The token that holds the keys of the certificate authority is not ready."
                    : "Pki:KeyPassword does not open the keys of the certificate authority.", e);
        }
    }
}
