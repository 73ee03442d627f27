using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>The inbox, with and without its script.</summary>
public sealed class MessageTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Newest = Guid.Parse("0198e000-0000-7000-8000-0000000000a2"), Older = Guid.Parse("0198e000-0000-7000-8000-0000000000a1");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("me/messages", new
        {
            items = new[]
            {
                new { id = Newest, kind = "x", dossierId = (Guid?)DossierSamples.Id, dossierCode = "H49-1", title = "Cần bổ sung <hồ sơ>", body = "Dòng một\n\nDòng hai", createdAt = "2026-12-01T01:00:00Z", readAt = (string?)null },
                new { id = Older, kind = "y", dossierId = (Guid?)null, dossierCode = (string)null!, title = "Chào bạn", body = "Xin chào", createdAt = "2026-11-01T01:00:00Z", readAt = (string?)"2026-11-02T01:00:00Z" },
            },
            after = "m+1",
        });
        city.Says("me/messages/unread", new { unread = 3 });
        _browser = await city.SignedInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("vi", "3 tin chưa đọc.")]
    [InlineData("en", "3 messages are unread.")]
    public async Task Messages_are_shown_with_what_is_unread(string language, string count)
    {
        var html = await _browser.GetStringAsync("/messages?culture=" + language, City.Ct);
        Html.IsWellMade(html, language);
        foreach (var word in new[] { count, "Cần bổ sung &lt;hồ sơ&gt;", "<p>Dòng hai</p>", "href=\"/messages?after=m%2B1\"", "data-unread=\"3\"", "<script type=\"module\" src=\"/assets/messages." })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("data-color=\"info\">" + (language == "vi" ? "Chưa đọc" : "Unread")).Length - 1);
    }

    [Fact]
    public async Task Opening_the_dossier_marks_the_message_read()
    {
        city.Says($"POST me/messages/{Newest}/read", new { id = Newest });
        (await _browser.SendFromAsync("/messages", $"/messages/{Newest}/read", ("to", $"/dossiers/{DossierSamples.Id}"))).LeadsTo($"/dossiers/{DossierSamples.Id}");
        Assert.Contains(city.Requests, r => r.Path == $"me/messages/{Newest}/read");
        (await _browser.SendFromAsync("/messages", $"/messages/{Newest}/read")).LeadsTo("/messages");
        (await _browser.SendFromAsync("/messages", $"/messages/{Newest}/read", ("to", "//evil.example"))).LeadsTo("/");
    }

    [Fact]
    public async Task All_that_was_shown_is_marked_read_and_no_more()
    {
        city.Says("POST me/messages/read", new { unread = 0 });
        (await _browser.SendFromAsync("/messages", "/messages/read")).LeadsTo("/messages");
        Assert.Contains(city.Requests, r => r.Path == $"me/messages/read?upTo={Newest}");
    }

    [Fact]
    public async Task What_could_not_be_marked_is_said_and_only_unread_ones_can_be_shown()
    {
        city.Refuses("POST me/messages/read", 503, "CMN-0503", "Tạm thời gián đoạn");
        var (answer, html) = await _browser.SendFromAsync("/messages", "/messages/read");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Tạm thời gián đoạn", html, StringComparison.Ordinal);
        Html.IsWellMade(await _browser.GetStringAsync("/messages?unread=true", City.Ct), "vi");
        Assert.Contains(city.Requests, r => r.Path == "me/messages?limit=20&unread=true");
    }

    [Fact]
    public async Task An_empty_inbox_says_what_it_is_for()
    {
        city.Says("me/messages", DossierSamples.List());
        city.Refuses("me/messages/unread", 503, "CMN-0503", "x");
        var html = await _browser.GetStringAsync("/messages", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Chưa có tin nhắn nào.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_comes_through_in_the_visitors_name()
    {
        city.Answers("me/stream", asked => asked.Token.Length > 0 ? Results.Text("event: unread\ndata: {\"unread\":4}\n\n", "text/event-stream") : Results.Unauthorized());
        using var stream = await _browser.GetAsync("/messages/stream", City.Ct);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        Assert.Contains("{\"unread\":4}", await stream.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        city.Refuses("me/stream", 429, "NTF-0001", "Quá nhiều");
        using var tooMany = await _browser.GetAsync("/messages/stream", City.Ct);
        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
    }

    [Fact]
    public async Task An_event_arrives_before_the_stream_ends()
    {
        var read = new TaskCompletionSource();
        city.Answers("me/stream", _ => new Endless(read.Task));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/messages/stream");
        using var answer = await _browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, City.Ct);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(City.Ct));
        Assert.Equal("event: unread", await lines.ReadLineAsync(City.Ct));
        read.SetResult();
    }

    [Theory]
    [InlineData("unread", "{\"unread\":4}", "1")]
    [InlineData("unread", "{\"unread\":3}", "0")]
    [InlineData("unread", "{\"unread\":1}", "0")]
    [InlineData("message", "{}", "1")]
    public async Task The_script_tells_only_of_what_is_new(string type, string data, string told)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "messages.mjs");
        var assembly = typeof(Program).Assembly;
        await using (var source = assembly.GetManifestResourceStream("messages.js")!)
        await using (var copy = File.Create(script + Guid.CreateVersion7().ToString("N") + ".mjs"))
        {
            await source.CopyToAsync(copy, City.Ct);
            script = copy.Name;
        }

        var run = $"import('{script}').then(({{ follow }}) => {{ const source = new EventTarget(); let said = 0; follow(source, () => 3, () => said++);"
            + $" source.dispatchEvent(Object.assign(new Event('{type}'), {{ data: '{data}' }})); console.log(said); }});";
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-e");
        start.ArgumentList.Add(run);
        try
        {
            using var node = Process.Start(start)!;
            var said = await node.StandardOutput.ReadToEndAsync(City.Ct);
            await node.WaitForExitAsync(City.Ct);
            Assert.Equal(told, said.Trim());
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node.js is not here.");
        }
        finally
        {
            File.Delete(script);
        }
    }

    private sealed class Endless(Task end) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "text/event-stream";
            await httpContext.Response.WriteAsync("event: unread\ndata: {\"unread\":4}\n\n", City.Ct);
            await httpContext.Response.Body.FlushAsync(City.Ct);
            await end.WaitAsync(City.Ct);
        }
    }
}
