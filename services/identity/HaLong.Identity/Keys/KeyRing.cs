using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace HaLong.Identity.Keys;

/// <summary>
/// Holds the token server's keys in memory and hands them to OpenIddict. When the stored keys change, the change token makes
/// OpenIddict build its options anew, so a rotation reaches running servers without a restart.
/// </summary>
internal sealed class KeyRing(IServiceScopeFactory scopes, KeyVault vault, TimeProvider time)
    : IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    private readonly SemaphoreSlim _reloading = new(1, 1);
    private CancellationTokenSource _changed = new();
    private KeySet? _current;

    public string Name => Options.DefaultName;

    public KeySet Current => _current ?? throw new InvalidOperationException("The token server's keys are not loaded yet.");

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _changed).Token);

    public void Configure(OpenIddictServerOptions options)
    {
        // A server loads its keys before it listens. Whoever only looks at what is mapped gets keys that no other process accepts.
        var keys = _current ?? KeySet.Ephemeral();
        options.SigningCredentials.AddRange(keys.Signing.Select(k => new SigningCredentials(k, SecurityAlgorithms.RsaSha256)));
        options.EncryptionCredentials.AddRange(keys.Encryption.Select(k =>
            new EncryptingCredentials(k, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512)));
    }

    /// <summary>Reads the stored keys; true when they differ from those in use.</summary>
    public async Task<bool> ReloadAsync(CancellationToken ct)
    {
        await _reloading.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
            var next = KeySet.From(await db.ServerKeys.AsNoTracking().ToListAsync(ct), vault, time.GetUtcNow());
            if (next.Signing.Count == 0 || next.Encryption.Count == 0)
                throw new InvalidOperationException("There are no token keys in the database: run this service with 'migrate' first.");
            if (next.Fingerprint == _current?.Fingerprint)
                return false;

            _current = next;
        }
        finally
        {
            _reloading.Release();
        }

        using var previous = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
        await previous.CancelAsync();
        return true;
    }

    public void Dispose()
    {
        _changed.Dispose();
        _reloading.Dispose();
    }
}
