using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki.Persons;
using HaLong.Signatures.Tests.Tools;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>What opens a private key: the PIN and the service's password together, or the SAD and the password.</summary>
public sealed class PersonKeysTests
{
    private static readonly byte[] Material = [1, 2, 3, 4];
    private static readonly PersonKeys Keys = With(SignatureFixture.KeyPassword);
    private static readonly PersonKeys Stranger = With("the password of another installation");
    private readonly Guid id = Guid.CreateVersion7();

    private static PersonKeys With(string password) =>
        new(Options.Create(new PkiOptions { KeyPassword = password }), Options.Create(new CredentialOptions { PinIterations = 10 }));

    [Fact]
    public void The_right_PIN_opens_it_and_no_other()
    {
        var envelope = Keys.Close(id, Material, "mật khẩu dài lắm");
        Assert.Equal(10, envelope.PinIterations);
        Assert.Equal(Material, Keys.Open(id, envelope, "mật khẩu dài lắm".Normalize(System.Text.NormalizationForm.FormD)));
        Assert.Null(Keys.Open(id, envelope, "mật khẩu dài lắn"));
        Assert.Null(Keys.Open(id, envelope, ""));
    }

    [Fact]
    public void With_another_password_the_right_PIN_does_not_and_it_is_not_called_wrong()
    {
        var envelope = Keys.Close(id, Material, "482913");
        Assert.Equal(SignatureErrors.NotReady, Assert.Throws<ErrorException>(() => Stranger.Open(id, envelope, "482913")).Error);
        var activated = Keys.Activate(id, Material, [9]);
        Assert.Equal(SignatureErrors.NotReady, Assert.Throws<ErrorException>(() => Stranger.OpenActivated(id, activated, [9])).Error);
    }

    [Fact]
    public void An_envelope_is_of_one_credential()
    {
        var envelope = Keys.Close(id, Material, "482913");
        Assert.Throws<ErrorException>(() => Keys.Open(Guid.CreateVersion7(), envelope, "482913"));
        Assert.Throws<ErrorException>(() => Keys.Open(id, envelope with { Box = [.. envelope.Box[..^1], (byte)(envelope.Box[^1] ^ 1)] }, "482913"));
        Assert.Throws<ErrorException>(() => Keys.Open(id, envelope with { Box = [1] }, "482913"));
    }

    [Fact]
    public void The_number_of_rounds_is_kept_with_each_key()
    {
        var envelope = Keys.Close(id, Material, "482913");
        var later = new PersonKeys(Options.Create(new PkiOptions { KeyPassword = SignatureFixture.KeyPassword }),
            Options.Create(new CredentialOptions { PinIterations = 20 }));
        Assert.Equal(Material, later.Open(id, envelope, "482913"));
        Assert.Equal(20, later.Close(id, Material, "482913").PinIterations);
        Assert.Null(Keys.Open(id, envelope with { PinIterations = 11 }, "482913"));
    }

    [Fact]
    public void A_key_without_a_PIN_lies_under_the_password_alone()
    {
        var envelope = Keys.Close(id, Material, pin: null);
        Assert.Equal((0, 0), (envelope.PinIterations, envelope.PinSalt.Length));
        Assert.Equal(Material, Keys.Open(id, envelope, "whatever"));
    }

    [Fact]
    public void A_SAD_opens_its_own_order()
    {
        var sad = RandomNumberGenerator.GetBytes(32);
        var box = Keys.Activate(id, Material, sad);
        Assert.Equal(Material, Keys.OpenActivated(id, box, sad));
        Assert.Null(Keys.OpenActivated(id, box, RandomNumberGenerator.GetBytes(32)));
        Assert.Throws<ErrorException>(() => Keys.OpenActivated(Guid.CreateVersion7(), box, sad));
    }

    [Fact]
    public void The_same_twice_does_not_look_the_same() =>
        Assert.NotEqual(Keys.Close(id, Material, "482913").Box, Keys.Close(id, Material, "482913").Box);

    [Fact]
    public void A_list_of_hashes_is_another_when_anything_of_it_is()
    {
        byte[][] hashes = [new byte[32], [.. Enumerable.Repeat((byte)1, 32)]];
        var digest = HashList.Digest(hashes, SignatureAlgorithm.EcdsaSha256);
        Assert.Equal(digest, HashList.Digest([[.. hashes[0]], [.. hashes[1]]], SignatureAlgorithm.EcdsaSha256));
        Assert.NotEqual(digest, HashList.Digest([hashes[1], hashes[0]], SignatureAlgorithm.EcdsaSha256));
        Assert.NotEqual(digest, HashList.Digest([hashes[0]], SignatureAlgorithm.EcdsaSha256));
        Assert.NotEqual(digest, HashList.Digest(hashes, SignatureAlgorithm.EcdsaSha512));
        Assert.Matches("^[0-9A-F]{8}$", HashList.Mark(digest));
    }

    [Fact]
    public void A_list_has_1_to_200_hashes_of_the_right_length()
    {
        Assert.True(HashList.IsValid([.. Enumerable.Repeat(new byte[32], 200)], SignatureAlgorithm.EcdsaSha256));
        Assert.False(HashList.IsValid([.. Enumerable.Repeat(new byte[32], 201)], SignatureAlgorithm.EcdsaSha256));
        Assert.False(HashList.IsValid([], SignatureAlgorithm.EcdsaSha256));
        Assert.False(HashList.IsValid([new byte[32], new byte[31]], SignatureAlgorithm.EcdsaSha256));
        Assert.True(HashList.IsValid([new byte[48]], SignatureAlgorithm.EcdsaSha384));
        Assert.True(HashList.IsValid([new byte[64]], SignatureAlgorithm.EcdsaSha512));
    }
}
