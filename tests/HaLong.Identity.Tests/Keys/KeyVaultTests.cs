using System.Security.Cryptography;
using HaLong.Identity.Keys;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Tests.Keys;

public sealed class KeyVaultTests
{
    private readonly KeyVault _vault = Vault("a-long-enough-password");

    [Fact]
    public void What_was_sealed_is_opened_again()
    {
        Assert.Equal("secret"u8, _vault.Open(KeyVault.ServerKeys, "one", _vault.Seal(KeyVault.ServerKeys, "one", "secret"u8)));
        Assert.Equal([], _vault.Open(KeyVault.ServerKeys, "one", _vault.Seal(KeyVault.ServerKeys, "one", [])));
        Assert.Equal("secret"u8, Vault("a-long-enough-password").Open(KeyVault.ServerKeys, "one", _vault.Seal(KeyVault.ServerKeys, "one", "secret"u8)));
    }

    [Fact]
    public void The_same_secret_never_looks_the_same() =>
        Assert.NotEqual(_vault.Seal(KeyVault.PersonalNumbers, "one", "secret"u8), _vault.Seal(KeyVault.PersonalNumbers, "one", "secret"u8));

    [Fact]
    public void Another_purpose_owner_or_password_does_not_open_it()
    {
        var box = _vault.Seal(KeyVault.ServerKeys, "one", "secret"u8);

        Assert.Throws<CryptographicException>(() => _vault.Open(KeyVault.PersonalNumbers, "one", box));
        Assert.Throws<CryptographicException>(() => _vault.Open(KeyVault.ServerKeys, "two", box));
        var error = Assert.Throws<CryptographicException>(() => Vault("another-long-password").Open(KeyVault.ServerKeys, "one", box));
        Assert.Contains("Keys:Password", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_changed_bit_is_noticed_anywhere()
    {
        var box = _vault.Seal(KeyVault.ServerKeys, "one", "secret"u8);
        for (var i = 0; i < box.Length; i++)
        {
            var changed = box.ToArray();
            changed[i] ^= 1;
            Assert.Throws<CryptographicException>(() => _vault.Open(KeyVault.ServerKeys, "one", changed));
        }

        Assert.Throws<CryptographicException>(() => _vault.Open(KeyVault.ServerKeys, "one", box.AsSpan(0, 20)));
    }

    [Fact]
    public void A_previous_password_still_opens_and_what_it_sealed_can_be_sealed_anew()
    {
        var old = Vault("the-password-of-before");
        var changed = new KeyVault(Options.Create(new KeyOptions { Password = "a-long-enough-password", PreviousPasswords = ["one-more-password", "the-password-of-before"] }));
        var box = old.Seal(KeyVault.DataKeys, "one", "secret"u8);

        Assert.Equal("secret"u8, changed.Open(KeyVault.DataKeys, "one", box));
        var anew = changed.Rewrap(KeyVault.DataKeys, "one", box);
        Assert.Equal("secret"u8, _vault.Open(KeyVault.DataKeys, "one", anew));
        Assert.Null(changed.Rewrap(KeyVault.DataKeys, "one", anew));
        Assert.Throws<CryptographicException>(() => old.Open(KeyVault.DataKeys, "one", anew));
        Assert.Throws<CryptographicException>(() => _vault.Rewrap(KeyVault.DataKeys, "one", box));
    }

    [Fact]
    public void An_index_is_equal_for_equal_values_under_one_purpose_and_password_only()
    {
        Assert.Equal(_vault.Index("one", "value"u8), _vault.Index("one", "value"u8));
        Assert.NotEqual(_vault.Index("one", "value"u8), _vault.Index("two", "value"u8));
        Assert.NotEqual(_vault.Index("one", "value"u8), Vault("another-long-password").Index("one", "value"u8));
    }

    internal static KeyVault Vault(string password) => new(Options.Create(new KeyOptions { Password = password }));
}
