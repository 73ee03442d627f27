using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;

namespace HaLong.Notifications.Tests.Templates;

// A draft as its readers would get it.
public sealed partial class TemplateAdministrationTests
{
    [Fact]
    public async Task Every_channel_is_shown_in_both_languages_with_what_the_SMS_costs()
    {
        var draft = await people.OpenAsync(NoticeKinds.DossierAccepted);

        var preview = await PreviewAsync(draft, new { values = new { code = "H49-1", deadline = "17:00 ngày 26/11/2026" } });

        Assert.Empty(preview.GetProperty("defects").EnumerateArray());
        var vi = preview.GetProperty("vi");
        Assert.Equal("Hồ sơ H49-1 đã được tiếp nhận", vi.GetProperty("inApp").GetProperty("title").GetString());
        Assert.Equal("Hồ sơ H49-1 đã được tiếp nhận", vi.GetProperty("email").GetProperty("subject").GetString());
        Assert.Contains("17:00 ngày 26/11/2026", vi.GetProperty("email").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", vi.GetProperty("email").GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal("Dich vu cong Ha Long: ho so H49-1 da duoc tiep nhan. Hen tra ket qua: 17:00 ngay 26/11/2026.", vi.GetProperty("sms").GetProperty("text").GetString());
        Assert.Equal(("gsm7", 92, 92, 1), Cost(vi.GetProperty("sms")));
        Assert.Equal(("ucs2", 92, 92, 2), Cost(vi.GetProperty("smsAccented")));
        Assert.Equal("Hồ sơ H49-1: hẹn trả kết quả 17:00 ngày 26/11/2026.", vi.GetProperty("push").GetProperty("body").GetString());
        Assert.EndsWith("/account", vi.GetProperty("push").GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("H49-1", vi.GetProperty("zalo").GetProperty("parameters").GetProperty("MaHoSo").GetString());
        var en = preview.GetProperty("en");
        Assert.Equal("Dossier H49-1 was accepted", en.GetProperty("inApp").GetProperty("title").GetString());
        Assert.Equal(JsonValueKind.Null, en.GetProperty("zalo").ValueKind);
        Assert.Contains(preview.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("path").GetString() == "vi.zalo");
    }

    [Fact]
    public async Task What_is_wrong_is_shown_with_what_it_looks_like()
    {
        var draft = await people.OpenAsync(NoticeKinds.DossierResultCorrected);
        var content = Administrators.Titled(draft, "Chào {{name}}");
        content["vi"]!["sms"] = "Dịch vụ công Hạ Long: 漢字 " + new string('x', 100);
        content["en"]!["push"]!["title"] = new string('x', 80);
        await people.PutAsync(draft, content);

        var preview = await PreviewAsync(draft, new { });

        Assert.Equal("Chào {{name}}", preview.GetProperty("vi").GetProperty("inApp").GetProperty("title").GetString());
        Assert.Equal(["en.push.title", "vi.inApp.title"], preview.GetProperty("defects").EnumerateArray().Select(d => d.GetProperty("path").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal("ucs2", Cost(preview.GetProperty("vi").GetProperty("sms")).Encoding);
        Assert.Equal(["en.push", "vi.sms", "vi.sms", "vi.zalo"], preview.GetProperty("warnings").EnumerateArray().Select(d => d.GetProperty("path").GetString()).Order(StringComparer.Ordinal));

        content["vi"] = null;
        await people.PutAsync(draft, content);
        var half = await PreviewAsync(draft, new { });
        Assert.Equal(JsonValueKind.Null, half.GetProperty("vi").ValueKind);
        Assert.Contains(half.GetProperty("defects").EnumerateArray(), d => d.GetProperty("path").GetString() == "vi");
    }

    [Fact]
    public async Task Only_variables_of_the_notice_can_be_given()
    {
        var draft = await people.OpenAsync(NoticeKinds.DossierNotAccepted);
        var values = new Dictionary<string, string?> { ["amount"] = "1", ["name"] = "Nguyễn Văn A", ["code"] = new string('x', 501), ["link"] = null, ["occurredAt"] = "hôm nay" };

        using var refused = await people.Writer.PostAsJsonAsync($"{Administrators.Path}/drafts/{Administrators.Id(draft)}/preview", new { values }, World.Ct);

        var problem = await refused.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0213");
        Assert.Equal(["values.amount", "values.code", "values.link", "values.name"], problem.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        using var unknown = await people.Writer.PostAsJsonAsync($"{Administrators.Path}/drafts/{Guid.CreateVersion7()}/preview", new { }, World.Ct);
        await unknown.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0202");
    }

    [Fact]
    public async Task Values_are_escaped_in_the_mail()
    {
        var draft = await people.OpenAsync(NoticeKinds.DossierDeadlineChanged);

        var preview = await PreviewAsync(draft, new { values = new { code = "<script>alert(1)</script>" } });

        Assert.DoesNotContain("<script>", preview.GetProperty("vi").GetProperty("email").GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("<script>", preview.GetProperty("vi").GetProperty("inApp").GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> PreviewAsync(JsonElement draft, object body) =>
        await Administrators.OkAsync(await people.Writer.PostAsJsonAsync($"{Administrators.Path}/drafts/{Administrators.Id(draft)}/preview", body, World.Ct));

    private static (string? Encoding, int Characters, int Units, int Parts) Cost(JsonElement sms) =>
        (sms.GetProperty("encoding").GetString(), sms.GetProperty("characters").GetInt32(), sms.GetProperty("units").GetInt32(), sms.GetProperty("parts").GetInt32());
}
