using System.Text.Json.Nodes;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Templates.Checking;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>What the texts of a notice must be, defect by defect, and all of them at once.</summary>
public sealed class TemplateRulesTests
{
    private const string Link = "https://dichvucong.halong.gov.vn/account";
    private const string Brand = "Dịch vụ công Hạ Long: ";

    /// <summary>Where in the template, what stands there instead (JSON), at which path the defect is told, and a word of it.</summary>
    public static readonly TheoryData<string, string, string, string> Mistakes = new()
    {
        { "variables", "null", "variables", "Missing" },
        { "variables", """["code","occurredAt","link","name"]""", "variables[3]", "cannot fill “name”" },
        { "variables", """["code","occurredAt","link",null]""", "variables[3]", "cannot fill" },
        { "variables", """["code","occurredAt","link","code"]""", "variables[3]", "declared twice" },
        { "vi", "null", "vi", "Missing" },
        { "en.inApp", "null", "en.inApp", "Missing" },
        { "vi.inApp.title", "null", "vi.inApp.title", "Missing" },
        { "vi.inApp.title", "\"  \"", "vi.inApp.title", "Missing" },
        { "vi.inApp.body", "\"{{name}}\"", "vi.inApp.body", "cannot fill “name”" },
        { "vi.inApp.body", "\"{{code}} {{code}\"", "vi.inApp.body", "braces" },
        { "vi.inApp.body", "\"a\\u0007b\"", "vi.inApp.body", "control" },
        { "vi.inApp.title", "\"" + new string('x', 121) + "\"", "vi.inApp.title", "Too long" },
        { "vi.inApp.body", "\"" + new string('x', 601) + "\"", "vi.inApp.body", "Too long" },
        { "vi.email", "null", "vi.email", "Missing" },
        { "vi.email.subject", "null", "vi.email.subject", "Missing" },
        { "vi.email.subject", "\"a\\nb\"", "vi.email.subject", "one line" },
        { "vi.email.text", "[]", "vi.email.text", "Missing" },
        { "vi.email.html", "null", "vi.email.html", "Missing" },
        { "vi.email.text", """["x", null]""", "vi.email.text[1]", "Missing" },
        { "vi.email.html", """["<p>{{name}}</p>"]""", "vi.email.html[0]", "cannot fill" },
        { "vi.sms", "null", "vi.sms", "Missing" },
        { "vi.sms", "\" \"", "vi.sms", "Missing" },
        { "vi.sms", "\"Hồ sơ {{code}}\"", "vi.sms", "must begin" },
        { "vi.sms", "\"" + Brand + "[QC] {{code}}\"", "vi.sms", "advertising" },
        { "vi.sms", "\"" + Brand + "giảm giá lệ phí\"", "vi.sms", "advertising" },
        { "vi.sms", "\"" + Brand + "xem https://halong.gov.vn/t/8f3a\"", "vi.sms", "Only {{link}}" },
        { "vi.sms", "\"" + Brand + "xem bit.ly/8f3a\"", "vi.sms", "Only {{link}}" },
        { "vi.sms", "\"" + Brand + new string('x', 440) + "\"", "vi.sms", "Too long: 4 parts" },
        { "en.sms", "\"Dossier {{code}}\"", "en.sms", "must begin" },
        { "vi.push", "null", "vi.push", "Missing" },
        { "vi.push.title", "null", "vi.push.title", "Missing" },
        { "vi.push.title", "\"" + new string('x', 61) + "\"", "vi.push.title", "Too long" },
        { "vi.push.body", "\"" + new string('x', 161) + "\"", "vi.push.body", "Too long" },
        { "vi.push.body", "\"Xem {{link}}\"", "vi.push.body", "no address" },
        { "vi.push.body", "\"Xem www.halong.vn\"", "vi.push.body", "no address" },
        { "en.zalo", """{"templateId":null,"parameters":{"MaHoSo":"{{code}}"}}""", "en.zalo", "Vietnamese only" },
        { "vi.zalo.templateId", "\"abc\"", "vi.zalo.templateId", "digits" },
        { "vi.zalo.parameters", "{}", "vi.zalo.parameters", "1 to 10" },
        { "vi.zalo.parameters", "null", "vi.zalo.parameters", "1 to 10" },
        { "vi.zalo.parameters", """{"a":"1","b":"1","c":"1","d":"1","e":"1","f":"1","g":"1","h":"1","i":"1","j":"1","k":"1"}""", "vi.zalo.parameters", "1 to 10" },
        { "vi.zalo.parameters", """{"Mã hồ sơ":"{{code}}"}""", "vi.zalo.parameters.Mã hồ sơ", "name" },
        { "vi.zalo.parameters", """{"MaHoSo":null}""", "vi.zalo.parameters.MaHoSo", "Missing" },
        { "vi.zalo.parameters", "{\"MaHoSo\":\"" + new string('x', 101) + "\"}", "vi.zalo.parameters.MaHoSo", "Too long" },
        { "vi.zalo.parameters", """{"HoVaTen":"{{name}}"}""", "vi.zalo.parameters.HoVaTen", "cannot fill" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_where_it_is(string place, string value, string path, string word)
    {
        var template = Sound();
        Put(template, place, value);

        var defects = Check(NoticeKinds.DossierReturned, template);

        Assert.Contains(defects, d => d.Field == path && d.En.Contains(word, StringComparison.Ordinal));
        Assert.All(defects, d => Assert.NotEqual(d.Vi, d.En));
    }

    [Fact]
    public void What_is_sound_has_no_defect() => Assert.Empty(Check(NoticeKinds.DossierReturned, Sound()));

    [Fact]
    public void A_variable_that_is_known_must_be_declared_too()
    {
        var template = Sound();
        Put(template, "variables", """["code","link"]""");

        var defects = Check(NoticeKinds.DossierReturned, template);

        Assert.NotEmpty(defects);
        Assert.All(defects, d => Assert.Contains("“occurredAt” is not declared", d.En, StringComparison.Ordinal));
        Assert.Contains(defects, d => d.Field == "vi.sms");
        Assert.Contains(defects, d => d.Field == "en.email.html[0]");
    }

    [Theory]
    [InlineData("vi.sms", "\"Dịch vụ công Hạ Long: nộp {{amount}}\"")]
    [InlineData("vi.push.body", "\"Nộp {{amount}}\"")]
    [InlineData("vi.zalo", """{"templateId":null,"parameters":{"SoTien":"{{amount}}"}}""")]
    public void Money_is_nothing_for_a_locked_screen_nor_for_a_carrier(string place, string value)
    {
        var template = Of(NoticeKinds.PaymentSettled);
        Put(template, place, value);

        Assert.Contains("“amount” must not leave", Assert.Single(Check(NoticeKinds.PaymentSettled, template)).En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi.sms", "\"Dịch vụ công Hạ Long: có thông báo\"", "vi.sms")]
    [InlineData("en.push", """{"title":"News","body":"There are notices"}""", "en.push")]
    public void A_summary_is_not_told_by_telephone(string place, string value, string path)
    {
        var template = Of(NoticeKinds.Digest);
        Put(template, place, value);

        Assert.Equal(path, Assert.Single(Check(NoticeKinds.Digest, template)).Field);
    }

    [Fact]
    public void All_defects_are_told_at_once()
    {
        var template = Sound();
        var some = Mistakes.Select(m => m.Data).Where(m => m.Item1 is "vi.inApp.title" or "en.inApp" or "vi.sms" or "vi.push.body" or "vi.zalo.parameters" or "vi.email.subject")
            .DistinctBy(m => m.Item1).ToList();
        foreach (var (place, value, _, _) in some)
            Put(template, place, value);

        var paths = Check(NoticeKinds.DossierReturned, template).Select(d => d.Field).ToHashSet();

        Assert.Superset(some.Select(m => m.Item3).ToHashSet(), paths);
    }

    [Fact]
    public void Nothing_at_all_is_many_defects_and_no_fall()
    {
        Assert.Equal(["variables", "vi", "en"], TemplateRules.Check(NoticeKinds.DossierReturned, new TemplateInput(null, null, null), Link).Select(d => d.Field));
        Assert.Null(new TemplateInput(null, null, null).Complete());
        Assert.Null(TemplateInput.Read("null").Complete());
        Assert.NotNull(TemplateInput.Read(Sound().ToJsonString()).Complete());
    }

    [Fact]
    public void What_is_wrong_throughout_is_not_told_without_end()
    {
        var template = Sound();
        Put(template, "vi.email.text", "[" + string.Join(',', Enumerable.Repeat("\"{{name}}\"", 500)) + "]");

        Assert.Equal(200, Check(NoticeKinds.DossierReturned, template).Count);
    }

    private static JsonObject Sound() => Of(NoticeKinds.DossierReturned);

    private static JsonObject Of(string kind) => JsonNode.Parse(TemplateContent.Write(TemplateContent.Of(TemplateCatalog.Load().All.Single(t => t.Kind == kind))).Json)!.AsObject();

    private static IReadOnlyList<FieldMessage> Check(string kind, JsonObject template) => TemplateRules.Check(kind, TemplateInput.Read(template.ToJsonString()), Link);

    private static void Put(JsonObject template, string place, string value)
    {
        var names = place.Split('.');
        JsonNode? at = template;
        foreach (var name in names[..^1])
            at = at?[name];
        if (at is JsonObject parent)
            parent[names[^1]] = JsonNode.Parse(value);
    }
}
