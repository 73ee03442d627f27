using System.Security.Cryptography;
using System.Text;
using HaLong.Notifications.Sending.Push;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Notifications.Tests.Sending.Push;

public sealed class MessageEncryptionTests
{
    // RFC 8291, Appendix A: every value as it stands there.
    private const string Plaintext = "When I grow up, I want to be a watermelon";
    private const string SenderPublic = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private const string SenderPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string ReceiverPublic = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string ReceiverPrivate = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    private const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Salt = "DGv6ra1nlYgDCS1FRnbzlw";
    private const string Body =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    [Fact]
    public void The_example_of_RFC_8291_comes_out_to_the_last_bit()
    {
        using var sender = ECDiffieHellman.Create(P256.Private(Bytes(SenderPrivate)));
        Assert.Equal(SenderPublic, WebEncoders.Base64UrlEncode(P256.PointOf(sender.ExportParameters(false))));

        var body = MessageEncryption.Encrypt(Encoding.UTF8.GetBytes(Plaintext), Bytes(ReceiverPublic), Bytes(Auth), sender, Bytes(Salt), padding: 0);

        Assert.Equal(Body, WebEncoders.Base64UrlEncode(body));
    }

    [Fact]
    public void The_browser_of_the_example_reads_what_we_write_and_no_other_does()
    {
        var body = MessageEncryption.Encrypt(Encoding.UTF8.GetBytes("Hồ sơ đã có kết quả"), Bytes(ReceiverPublic), Bytes(Auth));
        var browser = new Browser(Bytes(ReceiverPrivate), Bytes(Auth));

        Assert.Equal("Hồ sơ đã có kết quả", Encoding.UTF8.GetString(browser.Decrypt(body)));
        Assert.Equal(Plaintext, Encoding.UTF8.GetString(browser.Decrypt(Bytes(Body))));
        Assert.ThrowsAny<CryptographicException>(() => new Browser().Decrypt(body));
        Assert.ThrowsAny<CryptographicException>(() => new Browser(Bytes(ReceiverPrivate), new byte[16]).Decrypt(body));
        body[^20] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => browser.Decrypt(body));
    }

    [Fact]
    public void The_same_text_never_looks_the_same_and_its_length_is_hidden()
    {
        var one = MessageEncryption.Encrypt("a"u8, Bytes(ReceiverPublic), Bytes(Auth));
        var two = MessageEncryption.Encrypt("a"u8, Bytes(ReceiverPublic), Bytes(Auth));
        var longer = MessageEncryption.Encrypt(new byte[256], Bytes(ReceiverPublic), Bytes(Auth));
        var longest = MessageEncryption.Encrypt(new byte[257], Bytes(ReceiverPublic), Bytes(Auth));

        Assert.NotEqual(one[..16], two[..16]);
        Assert.NotEqual(one[21..86], two[21..86]);
        Assert.Equal(one.Length, longer.Length);
        Assert.Equal(one.Length + 256, longest.Length);
    }

    [Fact]
    public void The_longest_text_fills_the_body_that_every_push_service_takes()
    {
        var text = RandomNumberGenerator.GetBytes(MessageEncryption.LongestText);

        var body = MessageEncryption.Encrypt(text, Bytes(ReceiverPublic), Bytes(Auth));

        Assert.Equal(3993, MessageEncryption.LongestText);
        Assert.Equal(MessageEncryption.LongestBody, body.Length);
        Assert.Equal(text, new Browser(Bytes(ReceiverPrivate), Bytes(Auth)).Decrypt(body));
        Assert.Throws<ArgumentOutOfRangeException>(() => MessageEncryption.Encrypt(new byte[MessageEncryption.LongestText + 1], Bytes(ReceiverPublic), Bytes(Auth)));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(0)]
    public void What_is_no_point_of_the_curve_is_no_key(int length)
    {
        var point = new byte[length];
        if (length > 0)
            point[0] = 4;

        Assert.False(P256.IsPoint(point));
        Assert.ThrowsAny<CryptographicException>(() => MessageEncryption.Encrypt("a"u8, point, Bytes(Auth)));
        Assert.True(P256.IsPoint(Bytes(ReceiverPublic)));
    }

    private static byte[] Bytes(string text) => WebEncoders.Base64UrlDecode(text);
}
