using System.ComponentModel.DataAnnotations;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace HaLong.ServiceDefaults.Tests;

public sealed class WebTests
{
    [Theory]
    [InlineData("Đăng ký Đất đai", "dang ky dat dai")]
    [InlineData("HẠ LONG", "ha long")]
    [InlineData("Thủ tục số 1.013978", "thu tuc so 1.013978")]
    [InlineData("", "")]
    public void Folding_drops_case_and_diacritics(string text, string folded)
    {
        Assert.Equal(folded, Text.Fold(text));
        Assert.Equal(folded, Text.Fold(text.Normalize(System.Text.NormalizationForm.FormD)));
    }

    [Fact]
    public void A_long_text_folds_too() => Assert.Equal(new string('e', 5000), Text.Fold(new string('ễ', 5000)));

    [Theory]
    [InlineData(null, false)]
    [InlineData("\"5\"", false)]
    [InlineData("*", false)]
    [InlineData("\"4\", \"5\"", false)]
    [InlineData("\"4\"", true)]
    [InlineData("W/\"5\"", true)]
    [InlineData("5", true)]
    public void If_Match_is_compared_strongly(string? header, bool stale)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null)
        {
            request.Headers.IfMatch = header;
        }

        Assert.Equal(stale ? CommonErrors.StaleRevision : null, Etag.Check(request, 5));
        Assert.Equal(header is not null, Etag.IsConditional(request));
    }

    [Fact]
    public void A_page_knows_whether_there_is_another()
    {
        var page = Page.Of([1, 2, 3], 2, i => [i.ToString(System.Globalization.CultureInfo.InvariantCulture), "x"]);
        Assert.Equal([1, 2], page.Items);
        Assert.Equal(["2", "x"], Cursor.Decode(page.After, 2).Value!);
        Assert.Null(Page.Of([1, 2], 2, _ => []).After);
        Assert.Null(Cursor.Decode(null, 2).Value);
    }

    [Theory]
    [InlineData("not base64 !")]
    [InlineData("bm90IGpzb24")]
    [InlineData("WyJvbmUiXQ")]
    [InlineData("bnVsbA")]
    public void A_cursor_that_is_not_ours_is_a_bad_request(string cursor)
    {
        var decoded = Cursor.Decode(cursor, 2);
        Assert.Equal(ErrorKind.Validation, decoded.Error.Kind);
        Assert.Contains("after", decoded.Error.Fields.Keys);
    }

    [Fact]
    public void A_cursor_that_is_an_id_gives_the_id_and_anything_else_is_a_bad_request()
    {
        var id = Guid.CreateVersion7();

        Assert.Equal(id, Cursor.DecodeId(Cursor.Encode(id.ToString())).Value);
        Assert.Null(Cursor.DecodeId(null).Value);
        foreach (var wrong in new[] { "x", Cursor.Encode("x"), Cursor.Encode(id.ToString(), "2") })
            Assert.Contains("after", Cursor.DecodeId(wrong).Error.Fields.Keys);
    }

    [Theory]
    [InlineData(null, 20)]
    [InlineData(1, 1)]
    [InlineData(100, 100)]
    public void A_page_size_in_range_is_taken(int? limit, int taken) => Assert.Equal(taken, Cursor.Limit(limit).Value);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public void A_page_size_out_of_range_is_a_bad_request(int limit) => Assert.Contains("limit", Cursor.Limit(limit).Error.Fields.Keys);

    [Fact]
    public void Local_days_are_those_of_Vietnam()
    {
        Assert.Equal(new DateOnly(2026, 7, 15), LocalTime.Date(DateTimeOffset.Parse("2026-07-14T17:00:00Z", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(new DateOnly(2026, 7, 14), LocalTime.Date(DateTimeOffset.Parse("2026-07-14T16:59:59Z", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(DateTimeOffset.Parse("2026-07-15T00:30:00Z", System.Globalization.CultureInfo.InvariantCulture), LocalTime.Instant(new DateOnly(2026, 7, 15), new TimeOnly(7, 30)));
    }

    [Fact]
    public async Task Options_that_do_not_hold_stop_the_start_and_name_their_key()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(
            build: b => b.AddOptions<SampleOptions>("Sample"), settings: [("Sample:Count", "11"), ("Sample:Url", null)]));
        Assert.Contains("Sample:Url", error.Message, StringComparison.Ordinal);
        Assert.Contains("Sample:Count", error.Message, StringComparison.Ordinal);
        await using var app = await TestApp.StartAsync(build: b => b.AddOptions<SampleOptions>("Sample"), settings: [("Sample:Count", "10"), ("Sample:Url", "http://x")]);
        Assert.Equal(10, app.Services.GetRequiredService<IOptions<SampleOptions>>().Value.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not a url")]
    public async Task A_service_without_the_public_address_does_not_start(string? value)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(settings: ("PublicUrl", value)));
        Assert.Contains("PublicUrl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_tells_alive_from_able_to_work()
    {
        await using var app = await TestApp.StartAsync(build: b => b.Services.AddHealthChecks().AddCheck("broken", () => HealthCheckResult.Unhealthy("secret")));
        using var client = app.Client();
        Assert.Equal("Healthy", await client.GetStringAsync("/alive"));
        using var health = await client.GetAsync("/health");
        Assert.Equal(503, (int)health.StatusCode);
        Assert.DoesNotContain("secret", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_describes_itself_to_anyone()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/closed", () => "x").RequireAuthorization(Policies.Cashier);
            a.MapFree("/open", () => "x");
        });
        using var client = app.Client();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("Cashier", document.GetProperty("paths").GetProperty("/closed").GetProperty("get").GetProperty("security")[0].GetProperty("bearer")[0].GetString());
        Assert.False(document.GetProperty("paths").GetProperty("/open").GetProperty("get").TryGetProperty("security", out _));
    }

    [Fact]
    public async Task Answers_are_camelCase_and_not_escaped()
    {
        await using var app = await TestApp.StartAsync(a => a.MapFree("/json", () => new { FullName = "Nguyễn Văn A", Kind = ErrorKind.NotFound, Nothing = (string?)null }));
        using var client = app.Client();
        Assert.Equal("""{"fullName":"Nguyễn Văn A","kind":"notFound","nothing":null}""", await client.GetStringAsync("/json"));
    }

    internal sealed class SampleOptions
    {
        [Required]
        public string? Url { get; set; }

        [Range(1, 10)]
        public int Count { get; set; }
    }
}
