using HaLong.Notifications.Sending.Zalo;
using HaLong.Notifications.Tests.Sending.Support;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Sending.Zalo;

public sealed class ZaloCodesTests
{
    [Theory]
    [InlineData("Refused { Reason = invalidNumber, BadAddress = True }", -108)]
    [InlineData("Refused { Reason = noAccount, BadAddress = False }", -118)]
    [InlineData("Refused { Reason = cannotReceive, BadAddress = False }", -110, -114, -119)]
    [InlineData("Refused { Reason = optedOut, BadAddress = False }", -134, -139, -141)]
    [InlineData("Refused { Reason = template, BadAddress = False }", -109, -117, -127, -131, -146)]
    [InlineData("Refused { Reason = content, BadAddress = False }", -111, -112, -113, -116, -121, -122, -130, -132)]
    [InlineData("Refused { Reason = balance, BadAddress = False }", -115, -126, -137, -148)]
    [InlineData("Refused { Reason = quota, BadAddress = False }", -144, -147)]
    [InlineData("Refused { Reason = account, BadAddress = False }", -101, -102, -103, -104, -105, -106, -120, -125, -135, -136, -138, -140, -145)]
    [InlineData("Later { Reason = night, After = 01:00:00 }", -133)]
    [InlineData("Later { Reason = tooMany, After = 00:00:10 }", -32)]
    [InlineData("Later { Reason = token, After =  }", -124, -216)]
    [InlineData("Unknown { Reason = internal }", -100)]
    [InlineData("Later { Reason = error -999, After =  }", -999)]
    [InlineData("Later { Reason = error 5, After =  }", 5)]
    public void Each_error_means_one_thing(string answer, params int[] errors) => Assert.All(errors, e => Assert.Equal(answer, ZaloCodes.AnswerOf(e).ToString()));

    [Theory]
    [InlineData("""{"templateId":"312","data":{"MaHoSo":"H49"}}""", "312")]
    [InlineData("""{"templateId":"312","data":{},"other":1}""", "312")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("""{"templateId":"","data":{}}""", null)]
    [InlineData("""{"templateId":312,"data":{}}""", null)]
    [InlineData("""{"templateId":"312"}""", null)]
    [InlineData("""{"templateId":"312","data":"x"}""", null)]
    [InlineData("""{"encoding":"ucs2"}""", null)]
    public void A_message_names_its_template_and_what_fills_it(string? data, string? template) => Assert.Equal(template, ZaloFilling.Read(data)?.TemplateId);

    [Theory]
    [InlineData("1764000000000", 1764000000L)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("9999999999999999999", null)]
    [InlineData("999999999999999999", null)]
    public void Times_are_milliseconds(string? text, long? seconds) => Assert.Equal(seconds, ZaloProvider.Time(text)?.ToUnixTimeSeconds());

    [Fact]
    public void What_is_sealed_opens_only_with_the_same_password_app_and_use_and_unchanged()
    {
        var vault = Vault("seals tokens in tests", "1");
        var box = vault.Seal("refresh", "the token");

        Assert.Equal("the token", vault.Open("refresh", box));
        Assert.Equal("the token", Vault("seals tokens in tests", "1").Open("refresh", box));
        Assert.Null(vault.Open("access", box));
        Assert.Null(Vault("another password of tests", "1").Open("refresh", box));
        Assert.Null(Vault("seals tokens in tests", "2").Open("refresh", box));
        Assert.Null(vault.Open("refresh", [.. box[..^1], (byte)(box[^1] ^ 1)]));
        Assert.Null(vault.Open("refresh", box[..20]));
        Assert.NotEqual(box, vault.Seal("refresh", "the token"));
        Assert.Equal(-1, box.AsSpan().IndexOf("the token"u8));
    }

    private static ZaloVault Vault(string password, string app) => new(Options.Create(new ZaloOptions { KeyPassword = password, AppId = app, Url = CarrierWorld.AppId }));
}
