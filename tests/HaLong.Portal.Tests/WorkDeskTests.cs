using System.Net;
using System.Text.Json.Nodes;

namespace HaLong.Portal.Tests;

/// <summary>Opinions that other units ask for, and who stands in for whom.</summary>
public sealed class WorkDeskTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("inbox/opinions", new
        {
            items = new[] { new { id = WorkDesk.Third, dossierId = WorkDesk.Id, code = "H49-1", procedureName = "Cấp phép", fromUnit = "06688", question = "Đất có tranh chấp?", requestedAt = "2026-11-20T03:00:00Z", deadline = "2026-11-28T10:00:00Z", late = true } },
            after = "c2",
        });
        city.Says("absences", new { items = new[] { new { id = WorkDesk.Third, unitCode = "06688", officerId = WorkDesk.Id, substituteId = WorkDesk.Other, from = "2026-12-07", to = "2026-12-11", version = 3 } }, after = (string?)null });
        _browser = await city.SignedInAsync("approver");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Questions_stand_with_their_deadline_and_are_answered_where_they_stand()
    {
        var html = await _browser.GetStringAsync("/work/opinions", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Đất có tranh chấp?", "Quá hạn trả lời", "/work/opinions?after=c2" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Says($"POST dossiers/{WorkDesk.Id}/opinions/{WorkDesk.Third}/answer", new { id = WorkDesk.Third });
        using var answered = await _browser.SendAsync("/work/opinions", html, ("dossier", $"{WorkDesk.Id}"), ("opinion", $"{WorkDesk.Third}"), ("answer", "Không có"));
        Assert.Equal("/work/opinions", answered.Headers.Location!.ToString());
        Assert.Equal("""{"answer":"Không có"}""", JsonNode.Parse(city.Requests.Last(r => r.Path.EndsWith("/answer", StringComparison.Ordinal)).Body)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task An_answer_that_came_too_late_is_still_there()
    {
        var html = await _browser.GetStringAsync("/work/opinions", City.Ct);
        city.Refuses($"POST dossiers/{WorkDesk.Id}/opinions/{WorkDesk.Third}/answer", 409, "DOS-0220", "Đồng nghiệp đã trả lời");
        using var late = await _browser.SendAsync("/work/opinions", html, ("dossier", $"{WorkDesk.Id}"), ("opinion", $"{WorkDesk.Third}"), ("answer", "Ý kiến dài của tôi"));
        var again = await late.TextAsync();
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Đồng nghiệp đã trả lời", again, StringComparison.Ordinal);
        Assert.Contains(">Ý kiến dài của tôi</textarea>", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absence_is_recorded_once_and_what_is_refused_keeps_what_was_typed()
    {
        var html = await _browser.GetStringAsync("/work/absences", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("07/12/2026", html, StringComparison.Ordinal);
        city.Says("POST absences", new { id = WorkDesk.Id }, 201);
        var once = System.Text.RegularExpressions.Regex.Matches(html, "name=\"once\" value=\"([^\"]+)\"")[^1].Groups[1].Value;
        using var saved = await _browser.SendAsync("/work/absences", html, ("once", once), ("substituteId", $" {WorkDesk.Other} "), ("from", "2026-12-07"), ("to", "2026-12-08"));
        Assert.Equal("/work/absences", saved.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r is { Method: "POST", Path: "absences" });
        Assert.Equal(once, sent.Once);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"officerId":null,"substituteId":"{{WorkDesk.Other}}","from":"2026-12-07","to":"2026-12-08"}"""), JsonNode.Parse(sent.Body)), sent.Body);
        city.Refuses("POST absences", 409, "DOS-0230", "Trùng ngày");
        using var refused = await _browser.SendAsync("/work/absences", html, ("substituteId", $"{WorkDesk.Other}"), ("from", "2026-12-07"), ("to", "2026-12-08"));
        var again = await refused.TextAsync();
        Assert.Contains("Trùng ngày", again, StringComparison.Ordinal);
        Assert.Contains("value=\"2026-12-08\"", again, StringComparison.Ordinal);
        using var unknown = await _browser.SendAsync("/work/absences", html, ("officerId", "Mai"), ("substituteId", $"{WorkDesk.Other}"));
        Assert.Contains("Mã tài khoản không đúng dạng.", await unknown.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absence_is_ended_against_what_was_shown_also_by_a_second_click()
    {
        var html = await _browser.GetStringAsync("/work/absences", City.Ct);
        city.Answers($"DELETE absences/{WorkDesk.Third}", _ => Microsoft.AspNetCore.Http.Results.StatusCode(204));
        using var ended = await _browser.SendAsync($"/work/absences/{WorkDesk.Third}/end", html, ("version", WorkDesk.Hidden(html, "version")));
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.Equal("\"3\"", city.Requests.Last(r => r.Method == "DELETE").Version);
        city.Refuses($"DELETE absences/{WorkDesk.Third}", 404, "DOS-0231", "Không có");
        using var twice = await _browser.SendAsync($"/work/absences/{WorkDesk.Third}/end", html);
        Assert.Equal(HttpStatusCode.SeeOther, twice.StatusCode);
        city.Refuses($"DELETE absences/{WorkDesk.Third}", 412, "CMN-0412", "Đã thay đổi");
        using var stale = await _browser.SendAsync($"/work/absences/{WorkDesk.Third}/end", html);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
    }

    [Fact]
    public async Task Officers_keep_their_own_absences_supervisors_those_of_the_unit_and_others_none()
    {
        using var officer = await city.SignedInAsync("officer");
        var html = await officer.GetStringAsync("/work/absences", City.Ct);
        Assert.Contains("action=\"/work/absences\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"/work/absences/{WorkDesk.Third}/end", html, StringComparison.Ordinal);
        using var reception = await city.SignedInAsync("reception");
        Assert.DoesNotContain("action=\"/work/absences", await reception.GetStringAsync("/work/absences", City.Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/work/opinions", "inbox/opinions", "No unit is asking for an opinion.")]
    [InlineData("/work/absences", "absences", "Nobody is away.")]
    [InlineData("/work/signing", "me/signing-sessions", "Nothing waits for your signature.")]
    public async Task Nothing_to_do_is_said_in_english_too_and_an_interruption_is_told(string page, string path, string empty)
    {
        city.Says(path, new { items = Array.Empty<object>(), after = (string?)null });
        var html = await _browser.GetStringAsync(page + "?culture=en", City.Ct);
        Html.IsWellMade(html, "en");
        Assert.Contains(empty, html, StringComparison.Ordinal);
        city.Refuses(path, 503, "CMN-0503", "Đang bận");
        using var busy = await _browser.GetAsync(page, City.Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        Assert.Contains("Đang bận", await busy.TextAsync(), StringComparison.Ordinal);
    }
}
