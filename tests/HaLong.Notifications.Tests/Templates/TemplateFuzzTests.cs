using System.Text.Json.Nodes;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Templates.Checking;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>
/// Templates with random damage. The rules never fall over, and what they let through can be filled for everybody and keeps every promise.
/// </summary>
public sealed class TemplateFuzzTests
{
    private const string Link = "https://dichvucong.halong.gov.vn/account";
    private static readonly string[] Scraps =
    [
        "", " ", "{{code}}", "{{link}}", "{{amount}}", "{{list}}", "{{name}}", "{{", "}}", "{{code}", "<p>", "</p>", "<b>", "<script>", "&", "&amp;", "<a href=\"{{link}}\">", "</a>",
        "https://halong.vn/", "www.a.vn", "[QC]", "đ", "€", "😀", "\ud83d", "\u0001", "\n", "漢", new('x', 200), "Dịch vụ công Hạ Long: ", "Ha Long public services: ",
    ];

    [Fact]
    public void Whatever_is_written_the_rules_answer_and_what_they_pass_can_be_sent()
    {
        var random = new Random(20261201);
        var shipped = TemplateCatalog.Load();
        var kinds = NoticeKinds.Variables.Keys.ToArray();
        var (passed, refused) = (0, 0);
        for (var turn = 0; turn < 3000; turn++)
        {
            var kind = kinds[random.Next(kinds.Length)];
            var json = JsonNode.Parse(TemplateContent.Write(TemplateContent.Of(shipped.All.Single(t => t.Kind == kind))).Json)!;
            for (var damage = random.Next(0, 3); damage > 0; damage--)
                Damage(json, random);

            var input = TemplateInput.Read(json.ToJsonString());
            var defects = TemplateRules.Check(kind, input, Link);
            if (defects.Count > 0)
            {
                refused++;
                Assert.All(defects, d => Assert.NotEmpty(d.Field));
                continue;
            }

            passed++;
            AssertCanBeSent(shipped, kind, input);
        }

        // The damage is neither always harmless nor always fatal: both sides are tried.
        Assert.InRange(passed, 300, 2900);
        Assert.InRange(refused, 300, 2900);
    }

    private static void AssertCanBeSent(TemplateCatalog catalog, string kind, TemplateInput input)
    {
        var template = input.Complete()?.As(kind, 2);
        Assert.NotNull(template);
        foreach (var language in (string[])["vi", "en"])
        {
            var values = SampleValues.Of(kind, language, Link);
            var notice = catalog.Render(template, language, values);
            foreach (var text in new[] { notice.Title, notice.Body, notice.Subject, notice.Text })
            {
                Assert.False(string.IsNullOrWhiteSpace(text));
                Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
            }

            Assert.DoesNotContain("<script", notice.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\n', notice.Subject);
            Assert.Equal(NoticeKinds.IsToldByTelephone(kind), notice.Sms is not null);
            if (notice.Sms is { } sms)
                AssertIsNothingPrivate(sms, notice.Push!, values);
        }
    }

    private static void AssertIsNothingPrivate(string sms, PushText push, Dictionary<string, string> values)
    {
        Assert.InRange(SmsText.Measure(sms).Parts, 1, PhoneRules.MostParts);
        Assert.InRange(push.Title.Length, 1, PhoneRules.LongestPushTitle);
        Assert.InRange(push.Body.Length, 1, PhoneRules.LongestPushBody);
        foreach (var name in NoticeKinds.Private)
        {
            if (values.TryGetValue(name, out var value))
                Assert.DoesNotContain(Text.Fold(value), Text.Fold(sms + push.Title + push.Body), StringComparison.Ordinal);
        }
    }

    /// <summary>Changes, removes or adds to one text or branch.</summary>
    private static void Damage(JsonNode root, Random random)
    {
        var places = Places(root).ToList();
        var (parent, key) = places[random.Next(places.Count)];
        var old = parent is JsonObject o ? o[(string)key] : parent[(int)key];
        var scrap = Scraps[random.Next(Scraps.Length)];
        JsonNode? next = (random.Next(6), old) switch
        {
            (0, _) => null,
            (1, JsonValue) => JsonValue.Create(scrap),
            (2, JsonValue v) => JsonValue.Create(v.ToString() + scrap),
            (3, JsonValue v) => JsonValue.Create(v.ToString().Insert(random.Next(v.ToString().Length + 1), scrap)),
            (4, JsonValue v) => JsonValue.Create(v.ToString()[..random.Next(v.ToString().Length + 1)]),
            (5, JsonArray) => new JsonArray(),
            _ => old?.DeepClone(),
        };
        if (parent is JsonObject owner)
            owner[(string)key] = next;
        else
            parent[(int)key] = next;
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node)
    {
        if (node is JsonObject o)
        {
            foreach (var (name, child) in o)
            {
                yield return (o, name);
                foreach (var place in Places(child))
                    yield return place;
            }
        }
        else if (node is JsonArray a)
        {
            for (var i = 0; i < a.Count; i++)
            {
                yield return (a, i);
                foreach (var place in Places(a[i]))
                    yield return place;
            }
        }
    }
}
