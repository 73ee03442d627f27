using System.Security.Cryptography;
using HaLong.Identity.Domain;
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
    public void A_personal_number_moved_to_another_account_does_not_open()
    {
        var numbers = new PersonalNumbers(_vault);
        var owner = Account.Register(Guid.CreateVersion7(), "a", "A", ["citizen"], default);
        var thief = Account.Register(Guid.CreateVersion7(), "b", "B", ["citizen"], default);
        numbers.Set(owner, PersonalNumber.TryParse("022185000123")!);
        thief.SetPersonalNumber(owner.SealedPersonalNumber!, owner.PersonalNumberIndex!);

        Assert.Equal("022185000123", numbers.Of(owner)!.Value);
        Assert.Throws<CryptographicException>(() => numbers.Of(thief));
        Assert.Null(numbers.Of(Account.Register(Guid.CreateVersion7(), "c", "C", ["citizen"], default)));
    }

    internal static KeyVault Vault(string password) => new(Options.Create(new KeyOptions { Password = password }));
}
