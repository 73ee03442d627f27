using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Payments.Banks;
using HaLong.Payments.NationalPortal;
using HaLong.Payments.Tests.Domain;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>The platform's check sums, times and types, word by word.</summary>
public sealed class PortalReadingTests
{
    private const string Order = "HLQ7K3M9XW2P01";

    [Fact]
    public void A_check_sum_is_over_the_fields_in_their_order_with_the_secret_last()
    {
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("a|phí||secret"))), PortalCheckSum.Of("secret", "a", "phí", null));
        Assert.NotEqual(PortalCheckSum.Of("secret", "a", "b"), PortalCheckSum.Of("secret", "b", "a"));
        Assert.NotEqual(PortalCheckSum.Of("secret", "a"), PortalCheckSum.Of("secret", "a", ""));
    }

    [Fact]
    public void A_check_sum_holds_as_it_was_written_and_never_over_a_bar()
    {
        var sum = PortalCheckSum.Of("secret", "a", "b");
        Assert.True(PortalCheckSum.Holds("secret", sum, ["a", "b"]));
        foreach (var other in new[] { null, "", sum.ToUpperInvariant(), sum[..63], sum + "0", " " + sum })
            Assert.False(PortalCheckSum.Holds("secret", other, ["a", "b"]));
        Assert.False(PortalCheckSum.Holds("secret", PortalCheckSum.Of("secret", "a|b"), ["a|b"]));
    }

    [Theory]
    [InlineData("LoaiBanTin", true)]
    [InlineData("MaLoi", true)]
    [InlineData("MaDoiTac", true)]
    [InlineData("MaThamChieu", true)]
    [InlineData("SoTien", true)]
    [InlineData("MaTienTe", true)]
    [InlineData("MaGiaoDich", true)]
    [InlineData("MaNganHang", true)]
    [InlineData("ThoiGianGD", true)]
    [InlineData("ThongTinGiaoDich", true)]
    [InlineData("MoTaLoi", false)]
    public void Each_field_of_the_check_sum_is_covered_by_it_and_no_other(string field, bool covered)
    {
        var message = Message();
        message[field] = "1";
        Assert.Equal(covered ? "PAY-0504" : null, CodeOf(message));
    }

    [Fact]
    public void An_amount_may_be_a_number_and_means_what_its_text_does()
    {
        var message = Message();
        message["SoTien"] = 150_000;
        Assert.Equal(150_000, Read(message).Value.Amount);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[150000]")]
    [InlineData("150000.0")]
    [InlineData("1.5e5")]
    public void What_is_no_text_and_no_whole_number_is_not_the_amount_that_was_signed(string json)
    {
        var message = Message();
        message["SoTien"] = JsonNode.Parse(json);
        Assert.Equal("PAY-0504", CodeOf(message));
        message.Remove("MaXacThuc");
        message["TrangThaiGD"] = "thanh-cong";
        var asked = PortalTold.Read(message.ToJsonString(), asked: true, Options(), Some.Now.AddDays(1));
        Assert.Equal(("PAY-0503", "SoTien"), (asked.Error.Code, Assert.Single(asked.Error.FieldMessages).Field));
    }

    [Theory]
    [InlineData("MaThamChieu", 32)]
    [InlineData("MaLoi", 16)]
    [InlineData("MaGiaoDich", 50)]
    public void Numbers_have_a_longest(string field, int longest)
    {
        Assert.Null(CodeOf(Message((field, new string('7', longest)))));
        Assert.Equal("PAY-0503", CodeOf(Message((field, new string('7', longest + 1)))));
    }

    [Fact]
    public void A_failure_needs_no_amount_no_transaction_and_no_time()
    {
        var told = Read(Message(("MaLoi", "24"), ("SoTien", ""), ("MaGiaoDich", ""), ("ThoiGianGD", ""), ("MaTienTe", ""))).Value;
        Assert.Equal((PortalOutcome.Failed, 0L, "", Some.Now.AddDays(1)), (told.Outcome, told.Amount, told.Transaction, told.At));
    }

    [Theory]
    [InlineData("20261120000000", "2026-11-19T17:00:00Z")]
    [InlineData("20261120065959", "2026-11-19T23:59:59Z")]
    [InlineData("20261120120000", "2026-11-20T05:00:00Z")]
    [InlineData("20261120130000", "2026-11-20T06:00:00Z")]
    [InlineData("20261120235959", "2026-11-20T16:59:59Z")]
    [InlineData("20280229000000", "2028-02-28T17:00:00Z")]
    public void Hours_go_to_23_in_Ha_Long_and_are_written_as_they_are_read(string text, string instant)
    {
        var read = VietnameseTime.Read(text, PortalCheckSum.TimeFormat);
        Assert.Equal(DateTimeOffset.Parse(instant, null), read);
        Assert.Equal(text, VietnameseTime.Write(read!.Value, PortalCheckSum.TimeFormat));
    }

    [Theory]
    [InlineData("20261120240000")]
    [InlineData("20261120126000")]
    [InlineData("20270229000000")]
    [InlineData("2026112010000")]
    [InlineData("202611201000000")]
    [InlineData("20261120 100000")]
    [InlineData(" 20261120100000")]
    [InlineData("20261120100000+0700")]
    [InlineData("00010101000000")] // has no instant east of Greenwich
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_no_time(string? text) => Assert.Null(VietnameseTime.Read(text, PortalCheckSum.TimeFormat));

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("https://p.example", "", "a-secret-of-enough-length", "t", "Partner")]
    [InlineData("https://p.example", "HA|LONG", "a-secret-of-enough-length", "t", "Partner")]
    [InlineData("https://p.example", "HALONG", "fifteen-letters", "t", "Secret")]
    [InlineData("https://p.example", "HALONG", "sixteen-letters!", "t")]
    [InlineData("https://p.example", "HALONG", "a-secret-of-enough-length", "", "Token")]
    [InlineData("p.example", "HALONG", "a-secret-of-enough-length", "t", "Url")]
    [InlineData("http://p.example", "", "", "", "Partner", "Secret", "Token")]
    public void A_platform_is_configured_wholly_or_not_at_all(string url, string partner, string secret, string token, params string[] missing)
    {
        var options = new PortalOptions { Url = url, Partner = partner, Secret = secret, Token = token };
        Assert.Equal(missing, options.Validate(new ValidationContext(options)).SelectMany(r => r.MemberNames));
        Assert.Equal(url.Length > 0, options.Providers.Contains("portal"));
    }

    private static PortalOptions Options() => new() { Url = "https://p.example", Partner = PlatformLab.Partner, Secret = PlatformLab.Secret, Token = "t" };

    private static JsonObject Message(params (string Field, string Value)[] other) =>
        JsonSerializer.SerializeToNode(Confirmation.Of(Order, 150_000, other: other))!.AsObject();

    private static ServiceDefaults.Result<PortalTold> Read(JsonObject message) => PortalTold.Read(message.ToJsonString(), asked: false, Options(), Some.Now.AddDays(1));

    private static string? CodeOf(JsonObject message) => Read(message) is { IsSuccess: false } refused ? refused.Error.Code : null;
}
