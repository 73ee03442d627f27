using System.Security.Cryptography;
using System.Text;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Links;
using HaLong.Signatures.Providers.Orders;
using HaLong.Signatures.Tests.Tools;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>Every state of an order against every step, and what its row keeps; how a user id is sealed, recomputed by hand.</summary>
public sealed class OrderTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 24, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = Now.AddMinutes(5);

    private static ProviderOrder In(OrderState state)
    {
        var order = ProviderOrder.Open("smartca", ProviderFixture.Order(new SignerIdentity(Guid.CreateVersion7()), "c", SignatureAlgorithm.EcdsaSha256, 2),
            TestPki.Default.Seal.RawData, Until, Now);
        if (state != OrderState.Open)
            Assert.True(order.Send(Now.AddSeconds(5), Now).IsSuccess);
        if (state is not (OrderState.Open or OrderState.Sent))
            Assert.True(order.End(new HashOutcome(Enum.Parse<HashState>(state.ToString()), state == OrderState.Signed ? [[1], [2]] : [], "W"),
                Now.AddSeconds(9)));
        Assert.Equal(state, order.State);
        return order;
    }

    [Theory]
    [InlineData(nameof(OrderState.Open), null)]
    [InlineData(nameof(OrderState.Sent), "SIG-0419")]
    [InlineData(nameof(OrderState.Signed), "SIG-0408")]
    [InlineData(nameof(OrderState.Declined), "SIG-0408")]
    [InlineData(nameof(OrderState.Expired), "SIG-0408")]
    [InlineData(nameof(OrderState.Failed), "SIG-0408")]
    public void Only_an_open_order_is_sent(string state, string? code)
    {
        var order = In(Enum.Parse<OrderState>(state));
        var asked = order.AskAt;
        var sent = order.Send(Now.AddSeconds(7), Now);
        Assert.Equal(code, sent.IsSuccess ? null : sent.Error.Code);
        Assert.Equal(code is null ? Now.AddSeconds(7) : asked, order.AskAt);
    }

    [Fact]
    public void An_order_is_sent_until_just_before_its_end()
    {
        Assert.True(In(OrderState.Open).Send(Now, Until.AddTicks(-1)).IsSuccess);
        var late = In(OrderState.Open);
        Assert.Equal("SIG-0408", late.Send(Now, Until).Error.Code);
        Assert.Equal((OrderState.Open, null), (late.State, late.AskAt));
    }

    [Theory]
    [InlineData(nameof(OrderState.Open), nameof(OrderState.Open))]
    [InlineData(nameof(OrderState.Sent), nameof(OrderState.Open))]
    [InlineData(nameof(OrderState.Signed), nameof(OrderState.Signed))]
    [InlineData(nameof(OrderState.Declined), nameof(OrderState.Declined))]
    [InlineData(nameof(OrderState.Expired), nameof(OrderState.Expired))]
    [InlineData(nameof(OrderState.Failed), nameof(OrderState.Failed))]
    public void Only_what_nobody_heard_is_taken_back(string state, string after)
    {
        var order = In(Enum.Parse<OrderState>(state));
        order.Unsend();
        Assert.Equal((after, null), (order.State.ToString(), order.AskAt));
    }

    public static TheoryData<string, string> Ends
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var from in Enum.GetNames<OrderState>())
                foreach (var to in Enum.GetNames<HashState>())
                    data.Add(from, to);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void The_first_end_is_the_end(string from, string to)
    {
        var order = In(Enum.Parse<OrderState>(from));
        var before = order.Outcome;
        var isFirst = from is "Open" or "Sent" && to != "Pending";
        Assert.Equal(isFirst, order.End(new HashOutcome(Enum.Parse<HashState>(to), to == "Signed" ? [[7], null] : [], "X"), Now.AddMinutes(1)));
        Assert.Equal(isFirst ? to : before.State.ToString(), order.Outcome.State.ToString());
        Assert.Equal(from is not ("Open" or "Sent") || isFirst, order.IsOver);
        if (isFirst)
            Assert.Equal((Now.AddMinutes(1), null), (order.EndedAt, order.AskAt));
        if (isFirst && to == "Signed")
            Assert.Equal([[7], null], order.Outcome.Signatures);
        if (!isFirst)
            Assert.Equal(before.Signatures, order.Outcome.Signatures);
    }

    [Fact]
    public void Their_id_may_bring_another_end_and_counts_once()
    {
        var order = In(OrderState.Sent);
        Assert.True(order.Name("T1", Until.AddMinutes(5)));
        Assert.Equal(("T1", Until.AddMinutes(5)), (order.TheirTransaction, order.Until));
        Assert.True(order.Name("T1", Until));
        Assert.False(order.Name("T2", Until));
        Assert.Equal(("T1", Until.AddMinutes(5)), (order.TheirTransaction, order.Until));
        Assert.NotEqual(order.TheirTransaction, order.OurTransaction);
        Assert.Equal(32, order.OurTransaction.Length);
    }

    [Fact]
    public void A_row_by_an_algorithm_that_nobody_knows_any_more_is_an_error_of_ours()
    {
        var order = ProviderOrder.Open("smartca",
            ProviderFixture.Order(new SignerIdentity(Guid.CreateVersion7()), "c", new SignatureAlgorithm("1.2.3", HashAlgorithmName.SHA256, "1.2", false)),
            TestPki.Default.Seal.RawData, Until, Now);
        Assert.Contains("1.2.3", Assert.Throws<InvalidOperationException>(() => order.Signs).Message, StringComparison.Ordinal);
        Assert.All(SignatureAlgorithm.All, a => Assert.Same(a, SignatureAlgorithm.ByOid(a.Oid)));
        Assert.All(SignatureAlgorithm.All, a => Assert.Same(a, SignatureAlgorithm.ByHash(a.IsRsa, a.HashOid)));
        Assert.Null(SignatureAlgorithm.ByHash(true, "1.3.14.3.2.26"));
    }

    [Fact]
    public void What_comes_back_is_judged_by_the_certificate_of_the_beginning()
    {
        var order = In(OrderState.Sent);
        byte[]?[] good = [.. order.Hashes.Select(h => TestPki.Default.SealKey.SignHash(h, DSASignatureFormat.Rfc3279DerSequence))];
        Assert.Equal(HashState.Signed, order.Judge(good).State);
        // The same by other rules of writing, by another key, over more, over less.
        Assert.Equal("SIGNATURE_MISMATCH", order.Judge([.. order.Hashes.Select(h => TestPki.Default.SealKey.SignHash(h))]).Code);
        Assert.Equal("SIGNATURE_MISMATCH", order.Judge(
            [.. order.Hashes.Select(h => TestPki.Default.IssuingKey.SignHash(h, DSASignatureFormat.Rfc3279DerSequence))]).Code);
        Assert.Equal("SIGNATURE_MISMATCH", order.Judge([good[0], []]).Code);
        Assert.Equal("COUNT_MISMATCH", order.Judge([.. good, good[0]]).Code);
        Assert.Equal("COUNT_MISMATCH", order.Judge([]).Code);
    }

    // RFC 5869 with an empty salt, by HMAC alone.
    private static byte[] Hkdf(string password, string info)
    {
        var extracted = HMACSHA256.HashData(new byte[32], Encoding.UTF8.GetBytes(password));
        return HMACSHA256.HashData(extracted.AsSpan(), (ReadOnlySpan<byte>)[.. Encoding.UTF8.GetBytes(info), 1]);
    }

    private const string Password = "a password of the tests";

    private static LinkVault Vault => new(Options.Create(new PkiOptions { KeyPassword = Password }));

    [Fact]
    public void A_key_is_named_by_a_derivation_that_tells_nothing_of_it()
    {
        Assert.Equal(Convert.ToHexStringLower(Hkdf(Password, "halong.provider-links.key-id.v1")[..8]), Vault.KeyId);
        Assert.DoesNotContain(Vault.KeyId, Convert.ToHexStringLower(Hkdf(Password, "halong.provider-links.v1")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("022185000123")]
    [InlineData("minh@example.vn")]
    [InlineData("Phạm Quang Minh")]
    [InlineData("x")]
    public void A_box_is_what_its_description_says_and_anybody_with_the_key_opens_it(string user)
    {
        var account = Guid.CreateVersion7();
        var box = Vault.Seal(account, "csc-lab", user);
        using var cipher = new AesGcm(Hkdf(Password, "halong.provider-links.v1"), 16);
        var opened = new byte[box.Length - 28];
        cipher.Decrypt(box.AsSpan(0, 12), box.AsSpan(28), box.AsSpan(12, 16), opened, Encoding.UTF8.GetBytes($"{account:N}\0csc-lab"));
        Assert.Equal(user, Encoding.UTF8.GetString(opened));
        Assert.Equal(user, Vault.Open(account, "csc-lab", box));
    }

    [Fact]
    public void Each_changed_octet_of_a_box_is_noticed()
    {
        var account = Guid.CreateVersion7();
        var box = Vault.Seal(account, "smartca", "022185000123");
        for (var i = 0; i < box.Length; i++)
        {
            var changed = box.ToArray();
            changed[i] ^= 0x20;
            Assert.ThrowsAny<CryptographicException>(() => Vault.Open(account, "smartca", changed));
        }

        for (var length = 0; length < box.Length; length++)
            Assert.ThrowsAny<CryptographicException>(() => Vault.Open(account, "smartca", box[..length]));
    }

    [Fact]
    public void A_changed_link_has_another_box_key_and_moment_and_the_same_row()
    {
        var account = Guid.CreateVersion7();
        var link = ProviderLink.Of(account, "smartca", [1], "k1", Now);
        link.Change([2], "k2", Now.AddDays(1));
        Assert.Equal((account, "smartca", "k2", Now.AddDays(1)), (link.AccountId, link.Provider, link.KeyId, link.LinkedAt));
        Assert.Equal([2], link.SealedUser);
    }
}
