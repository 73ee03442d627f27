using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Identity.Keys;

/// <summary>The keys in force at one moment; the first of each list is the one to use, the others are for checking older tokens.</summary>
internal sealed record KeySet(IReadOnlyList<RsaSecurityKey> Signing, IReadOnlyList<SymmetricSecurityKey> Encryption)
{
    /// <summary>Changes whenever the set or its order changes.</summary>
    public string Fingerprint { get; } = string.Join(' ', Signing.Select(k => k.KeyId).Concat(Encryption.Select(k => k.KeyId)));

    public static KeySet From(IEnumerable<ServerKey> rows, KeyVault vault, DateTimeOffset now)
    {
        var ordered = rows
            .Where(k => k.RetiresAt is null || k.RetiresAt > now)
            .OrderByDescending(k => k.ActivatesAt <= now)
            .ThenByDescending(k => k.ActivatesAt)
            .ToList();
        return new KeySet(
            [.. ordered.Where(k => k.Use == ServerKey.Signing).Select(k => ToRsa(k, vault))],
            [.. ordered.Where(k => k.Use == ServerKey.Encryption).Select(k => ToSymmetric(k, vault))]);
    }

    /// <summary>Keys that die with this process.</summary>
    public static KeySet Ephemeral()
    {
        using var rsa = RSA.Create(2048);
        return new KeySet(
            [new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: true)) { KeyId = "ephemeral" }],
            [new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)) { KeyId = "ephemeral" }]);
    }

    private static RsaSecurityKey ToRsa(ServerKey row, KeyVault vault)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(vault.Open(KeyVault.ServerKeys, row.Id, row.Sealed), out _);
        return new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: true)) { KeyId = row.Id };
    }

    private static SymmetricSecurityKey ToSymmetric(ServerKey row, KeyVault vault) =>
        new(vault.Open(KeyVault.ServerKeys, row.Id, row.Sealed)) { KeyId = row.Id };
}
