using System.Security.Cryptography;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Keys;

public sealed class FieldVaultTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private readonly FieldVault _vault = site.Service.Services.GetRequiredService<FieldVault>();

    [Fact]
    public void What_was_sealed_is_opened_again_and_names_its_key()
    {
        var box = _vault.Seal("purpose", "row", "secret"u8);

        Assert.Equal("secret"u8, _vault.Open("purpose", "row", box));
        Assert.Equal([], _vault.Open("purpose", "row", _vault.Seal("purpose", "row", [])));
        Assert.Equal(site.Service.Services.GetRequiredService<DataKeyRing>().Current.Field, FieldVault.KeyOf(box));
        Assert.NotEqual(box, _vault.Seal("purpose", "row", "secret"u8));
    }

    [Fact]
    public void A_single_changed_bit_is_noticed_in_every_byte_of_the_box_also_in_its_header()
    {
        var box = _vault.Seal("purpose", "row", "secret"u8);
        for (var i = 0; i < box.Length; i++)
        {
            for (var bit = 0; bit < 8; bit += 7)
            {
                var changed = box.ToArray();
                changed[i] ^= (byte)(1 << bit);
                Assert.Throws<CryptographicException>(() => _vault.Open("purpose", "row", changed));
            }
        }
    }

    [Fact]
    public void A_box_that_was_cut_or_lengthened_does_not_open()
    {
        var box = _vault.Seal("purpose", "row", "secret"u8);

        for (var length = 0; length < box.Length; length++)
            Assert.Throws<CryptographicException>(() => _vault.Open("purpose", "row", box.AsSpan(0, length)));
        Assert.Throws<CryptographicException>(() => _vault.Open("purpose", "row", [.. box, 0]));
    }

    [Fact]
    public void A_box_moved_to_another_row_or_purpose_does_not_open()
    {
        var box = _vault.Seal("purpose", "row", "secret"u8);

        Assert.Throws<CryptographicException>(() => _vault.Open("purpose", "another row", box));
        Assert.Throws<CryptographicException>(() => _vault.Open("another purpose", "row", box));
        // The border between purpose and row is part of what is bound.
        Assert.Throws<CryptographicException>(() => _vault.Open("purposer", "ow", box));
    }

    [Fact]
    public void A_box_under_a_key_that_does_not_exist_says_so()
    {
        byte[] box = [.. FieldVault.Header(Guid.CreateVersion7()), .. new byte[40]];

        var error = Assert.Throws<CryptographicException>(() => _vault.Open("purpose", "row", box));
        Assert.Contains("destroyed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_box_of_the_time_before_data_keys_still_opens()
    {
        var old = site.Service.Services.GetRequiredService<KeyVault>().Seal("purpose", "row", "secret"u8);

        Assert.Null(FieldVault.KeyOf(old));
        Assert.Equal("secret"u8, _vault.Open("purpose", "row", old));
        Assert.Throws<CryptographicException>(() => _vault.Open("purpose", "another row", old));
    }

    [Fact]
    public async Task A_personal_number_moved_to_another_account_does_not_open()
    {
        var numbers = site.Service.Services.GetRequiredService<PersonalNumbers>();
        var owner = Account.Register(Guid.CreateVersion7(), "a", "A", ["citizen"], default);
        var thief = Account.Register(Guid.CreateVersion7(), "b", "B", ["citizen"], default);
        numbers.Set(owner, PersonalNumber.TryParse("022185000123")!);
        thief.SetPersonalNumber(owner.SealedPersonalNumber!, owner.PersonalNumberIndex!);

        Assert.Equal("022185000123", numbers.Of(owner)!.Value);
        Assert.Throws<CryptographicException>(() => numbers.Of(thief));
        Assert.Null(numbers.Of(Account.Register(Guid.CreateVersion7(), "c", "C", ["citizen"], default)));
        Assert.Equal(
            await site.DatabaseAsync(db => db.Accounts.Where(a => a.UserName == "citizen").Select(a => a.PersonalNumberIndex).SingleAsync()),
            numbers.IndexOf(PersonalNumber.TryParse("022185000123")!));
    }

    [Fact]
    public async Task Data_keys_lie_wrapped_in_the_database()
    {
        var keys = await site.DatabaseAsync(db => db.DataKeys.AsNoTracking().ToListAsync());
        var open = site.Service.Services.GetRequiredService<DataKeyRing>().Current;

        Assert.Equal([DataKey.Chain, DataKey.Field, DataKey.Hash, DataKey.Index], keys.Where(k => k.IsInForce).Select(k => k.Use).Order(StringComparer.Ordinal));
        foreach (var key in keys)
            Assert.DoesNotContain(new[] { open.Index.Key, open.Chain, open.Hash, open.Fields[open.Field] }, secret => key.Wrapped.AsSpan().IndexOf(secret) >= 0);
    }

    [Fact]
    public void A_keyed_hash_is_equal_for_equal_values_of_one_purpose()
    {
        Assert.Equal(_vault.Index("codes", "value"u8), _vault.Index("codes", "value"u8));
        Assert.NotEqual(_vault.Index("codes", "value"u8), _vault.Index("other", "value"u8));
        Assert.NotEqual(_vault.Index("codes", "value"u8), _vault.Index("codes", "valuf"u8));
    }
}
