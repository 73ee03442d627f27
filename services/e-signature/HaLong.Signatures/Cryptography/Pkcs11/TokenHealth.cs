using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HaLong.Signatures.Cryptography.Pkcs11;

/// <summary>Whether the configured token is there. Asked each time: tokens are pulled.</summary>
internal sealed class TokenHealth(KeyStore keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.IsReady ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "The token of Pki:Token is away, or refuses the PIN: nothing is signed in its place."));
}
