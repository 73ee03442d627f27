using System.Security.Cryptography;
using HaLong.Identity.Keys;

namespace HaLong.Identity.Tests.Keys;

public sealed class KeySetTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly KeyVault _vault = KeyVaultTests.Vault("a-long-enough-password");

    [Fact]
    public void The_newest_active_key_signs_and_a_coming_one_is_already_published() =>
        Assert.Equal(["new", "old", "coming"], Ids(Row("old", -10), Row("coming", 1), Row("new", -1)));

    [Fact]
    public void A_retired_key_is_gone() =>
        Assert.Equal(["new"], Ids(Row("old", -10, retires: -1), Row("new", -1)));

    [Fact]
    public void A_key_that_will_retire_is_still_published() =>
        Assert.Equal(["new", "old"], Ids(Row("old", -10, retires: 1), Row("new", -1)));

    [Fact]
    public void The_fingerprint_changes_when_a_coming_key_becomes_active()
    {
        ServerKey[] rows = [Row("old", -10), Row("coming", 1)];

        Assert.NotEqual(KeySet.From(rows, _vault, Now).Fingerprint, KeySet.From(rows, _vault, Now.AddHours(2)).Fingerprint);
        Assert.Equal(KeySet.From(rows, _vault, Now).Fingerprint, KeySet.From(rows, _vault, Now.AddMinutes(2)).Fingerprint);
    }

    private IEnumerable<string> Ids(params ServerKey[] rows) => KeySet.From(rows, _vault, Now).Signing.Select(k => k.KeyId);

    private ServerKey Row(string id, int activates, int? retires = null)
    {
        using var rsa = RSA.Create(2048);
        return new ServerKey
        {
            Id = id,
            Use = ServerKey.Signing,
            Sealed = _vault.Seal(KeyVault.ServerKeys, id, rsa.ExportPkcs8PrivateKey()),
            CreatedAt = Now,
            ActivatesAt = Now.AddHours(activates),
            RetiresAt = retires is { } hours ? Now.AddHours(hours) : null,
        };
    }
}
