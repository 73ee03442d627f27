using System.Net;
using System.Reflection;
using HaLong.Identity.Domain;
using HaLong.Identity.Tests.Staff;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Tests.Administration;

/// <summary>What people read when something is refused.</summary>
public sealed class MessagesTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static readonly List<Error> Errors =
    [
        .. typeof(IdentityErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(Error)).Select(f => (Error)f.GetValue(null)!)
            .Where(e => e.Code.StartsWith("IDN-03", StringComparison.Ordinal) || e.Code.StartsWith("IDN-07", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_refusal_is_a_whole_sentence_in_each_language()
    {
        Assert.True(Errors.Count > 25);
        Assert.All(Errors, e =>
        {
            Assert.EndsWith(".", e.Vi, StringComparison.Ordinal);
            Assert.EndsWith(".", e.En, StringComparison.Ordinal);
            Assert.NotEqual(e.Vi, e.En);
            // Vietnamese is written with its signs, English without.
            Assert.Contains(e.Vi, c => c > 127);
            Assert.DoesNotContain(e.En, c => c > 127);
        });
    }

    [Theory]
    [InlineData("vi", "Không tìm thấy cán bộ này trong phạm vi quản lý của bạn.")]
    [InlineData("en", "There is no such member of staff within your responsibility.")]
    [InlineData("fr", "Không tìm thấy cán bộ này trong phạm vi quản lý của bạn.")]
    public async Task The_language_asked_for_is_answered(string language, string title)
    {
        var refused = await site.CallAsync(HttpMethod.Get, $"/api/v1/admin/staff/{Guid.CreateVersion7()}", await site.AdministratorAsync(), language: language);

        Assert.Equal(title, refused.Expect(HttpStatusCode.NotFound).Json.Text("title"));
    }

    [Theory]
    [InlineData("vi", "Không có đơn vị này trong phạm vi quản lý của bạn vào ngày đó.")]
    [InlineData("en", "There is no such unit within your responsibility on that day.")]
    public async Task So_are_the_messages_of_fields(string language, string message)
    {
        var body = AdminKit.Person("nobody.at.all", AdminKit.Appointment("99999", ["officer"]));
        var refused = await site.CallAsync(HttpMethod.Post, "/api/v1/admin/staff", await site.AdministratorAsync(), body, language: language);

        Assert.Equal(message, refused.Expect(HttpStatusCode.BadRequest)["errors"].GetProperty("appointment.unit")[0].GetString());
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task So_are_the_findings_of_a_reorganisation_that_cannot_be_applied(string language)
    {
        await site.OfficialAsync("in.the.way-" + language, ("06793", ["officer"]));
        var draft = await site.SubmitAsync(new Dictionary<string, object?>
        {
            ["effective"] = site.Today().Iso(),
            ["legalBasis"] = "NQ",
            ["ends"] = new[] { "06793@2025-07-01" },
        });
        var refused = await site.CallAsync(HttpMethod.Post, $"/api/v1/admin/reorganisations/{draft["id"].GetGuid()}/application", await site.SecondAsync(), language: language);

        refused.Refused(HttpStatusCode.Conflict, "IDN-0743");
        Assert.Contains(language == "vi" ? "không có đơn vị tiếp nhận" : "no unit takes over", refused["errors"].GetProperty("staffWithoutTarget")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("staff", """{"userName":5}""")]
    [InlineData("staff", "[]")]
    [InlineData("staff", "")]
    [InlineData("clients", "{")]
    [InlineData("receiving-places", """{"receives":"direct"}""")]
    [InlineData("reorganisations", """{"effective":"1 July 2025"}""")]
    [InlineData("reorganisations", """{"staffMoves":[{"assignmentId":"somebody"}]}""")]
    public async Task What_is_no_such_document_is_refused_without_a_trace_of_the_inside(string path, string body)
    {
        var refused = (await site.PostAsync(path, await site.AdministratorAsync(), body)).Expect(HttpStatusCode.BadRequest);

        Assert.Equal("CMN-0400", refused.Code);
        Assert.DoesNotContain("System.", refused.Json.Text("title"), StringComparison.Ordinal);
    }
}
