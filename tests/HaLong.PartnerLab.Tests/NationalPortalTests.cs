using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

/// <summary>The simulated national portal: tokens, messages that count once, faults, filings and the catalogue.</summary>
public sealed class NationalPortalTests : IAsyncLifetime
{
    private const string Code = "000.00.01.H49-260105-0001";
    private Lab lab = null!; // set by InitializeAsync

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        lab = await Lab.StartAsync(("NationalPortal:ClientSecret", "portal-secret"));
        await SignInAsync();
    }

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Theory]
    [InlineData("halong", "wrong", "client_credentials")]
    [InlineData("other", "portal-secret", "client_credentials")]
    [InlineData("halong", "portal-secret", "password")]
    public async Task Who_is_not_the_city_gets_no_token(string client, string secret, string grant)
    {
        using var answer = await TokenAsync(client, secret, grant);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Without_a_token_or_with_one_that_ran_out_nothing_is_told()
    {
        (await lab.Http.PostAsync("/national-portal/lab/expire", null, Ct)).Dispose();
        using var expired = await lab.Http.GetAsync($"/national-portal/api/v1/dossiers/{Code}", Ct);
        lab.Http.DefaultRequestHeaders.Authorization = null;
        using var none = await lab.Http.GetAsync("/national-portal/api/v1/procedures", Ct);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (expired.StatusCode, none.StatusCode));
    }

    [Fact]
    public async Task A_dossier_is_shown_as_it_was_told_with_the_hash_of_what_was_sent()
    {
        var (id, body) = (Guid.CreateVersion7(), Dossier(2));

        var answer = await SendAsync("dossiers", id, body);

        Assert.Equal("0", answer.GetProperty("error_code").GetString());
        var shown = await ShownAsync();
        Assert.Equal(2, shown.GetProperty("TrangThaiHoSo").GetInt32());
        Assert.Equal("20260105080000", shown.GetProperty("NgayTiepNhan").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))), shown.GetProperty("PayloadHash").GetString());
        Assert.Equal("applied", await StateOfAsync(id));
    }

    [Fact]
    public async Task A_message_counts_once()
    {
        var id = Guid.CreateVersion7();
        await SendAsync("dossiers", id, Dossier(2));

        var again = await SendAsync("dossiers", id, Dossier(2));

        Assert.True(again.GetProperty("duplicate").GetBoolean());
        Assert.Equal(1, await EffectsAsync());
    }

    [Theory]
    [InlineData("""{"MaHoSo":""}""", "4002")]
    [InlineData("""[1]""", "4002")]
    [InlineData("""nonsense""", "4002")]
    [InlineData("""{"MaHoSo":"x","MaTTHC":"1.1","NgayNopHoSo":"20260105","ThoiDiem":"t","TrangThaiHoSo":11}""", "4003")]
    public async Task What_is_incomplete_is_refused(string body, string code) =>
        Assert.Equal(code, (await SendAsync("dossiers", Guid.CreateVersion7(), body)).GetProperty("error_code").GetString());

    [Fact]
    public async Task Once_the_catalogue_is_there_other_procedures_are_refused()
    {
        await lab.Http.PutAsJsonAsync("/national-portal/lab/procedures/1.999999", new { TenTTHC = "Khác" }, Ct);

        Assert.Equal("4001", (await SendAsync("dossiers", Guid.CreateVersion7(), Dossier(1))).GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Progress_and_status_need_a_dossier_and_an_end_is_an_end()
    {
        Assert.Equal("4041", (await SendAsync($"dossiers/{Code}/status", Guid.CreateVersion7(), Status(4))).GetProperty("error_code").GetString());
        await SendAsync("dossiers", Guid.CreateVersion7(), Dossier(2));
        await SendAsync($"dossiers/{Code}/progress", Guid.CreateVersion7(), Status(4));
        Assert.Equal(2, (await ShownAsync()).GetProperty("TrangThaiHoSo").GetInt32());
        await SendAsync($"dossiers/{Code}/status", Guid.CreateVersion7(), Status(10));

        var back = Guid.CreateVersion7();
        Assert.Equal("4004", (await SendAsync($"dossiers/{Code}/status", back, Status(4))).GetProperty("error_code").GetString());
        Assert.Equal("rejected", await StateOfAsync(back));
        Assert.Equal("4004", (await SendAsync($"dossiers/{Code}/status", back, Status(4))).GetProperty("error_code").GetString());
        Assert.Equal(10, (await ShownAsync()).GetProperty("TrangThaiHoSo").GetInt32());
    }

    [Fact]
    public async Task What_is_dropped_is_answered_and_never_heard_of_again()
    {
        await lab.DialAsync("national.drop", 100, times: 1);
        var id = Guid.CreateVersion7();

        Assert.Equal("0", (await SendAsync("dossiers", id, Dossier(2))).GetProperty("error_code").GetString());

        Assert.Equal("unknown", await StateOfAsync(id));
        await SendAsync("dossiers", id, Dossier(2));
        Assert.Equal("applied", await StateOfAsync(id));
    }

    [Fact]
    public async Task An_answer_can_be_lost_although_the_message_was_taken()
    {
        await lab.DialAsync("national.lostAnswer", 100, times: 1);
        var id = Guid.CreateVersion7();

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync("dossiers", id, Dossier(2)));

        Assert.Equal("applied", await StateOfAsync(id));
    }

    [Fact]
    public async Task A_message_that_is_overtaken_takes_its_old_state_back()
    {
        await SendAsync("dossiers", Guid.CreateVersion7(), Dossier(2));
        await lab.DialAsync("national.reorder", 100, times: 1);
        var early = Guid.CreateVersion7();
        await SendAsync($"dossiers/{Code}/status", early, Status(4));
        Assert.Equal("pending", await StateOfAsync(early));

        await SendAsync($"dossiers/{Code}/status", Guid.CreateVersion7(), Status(9));

        Assert.Equal(4, (await ShownAsync()).GetProperty("TrangThaiHoSo").GetInt32());
        Assert.Equal("applied", await StateOfAsync(early));
    }

    [Fact]
    public async Task What_is_held_back_comes_when_it_is_released()
    {
        await lab.DialAsync("national.reorder", 100, times: 1);
        await SendAsync("dossiers", Guid.CreateVersion7(), Dossier(2));
        using var before = await lab.Http.GetAsync($"/national-portal/api/v1/dossiers/{Code}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);

        using var released = await lab.Http.PostAsync("/national-portal/lab/release", null, Ct);

        Assert.Equal(1, (await released.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("released").GetInt32());
        Assert.Equal(2, (await ShownAsync()).GetProperty("TrangThaiHoSo").GetInt32());
    }

    [Fact]
    public async Task A_restored_backup_forgets_what_was_applied()
    {
        await SendAsync("dossiers", Guid.CreateVersion7(), Dossier(2));
        await lab.DialAsync("national.forget", 100, times: 1);

        await SendAsync($"dossiers/{Code}/status", Guid.CreateVersion7(), Status(4));

        Assert.Equal(2, (await ShownAsync()).GetProperty("TrangThaiHoSo").GetInt32());
        Assert.Equal(2, await EffectsAsync());
    }

    [Fact]
    public async Task What_arrives_twice_counts_once_and_what_is_delayed_comes()
    {
        await lab.DialAsync("national.duplicate", 100);
        await lab.DialAsync("national.delay", 20, times: 1);
        var id = Guid.CreateVersion7();

        await SendAsync("dossiers", id, Dossier(2));
        for (var wait = 0; wait < 500 && await StateOfAsync(id) != "applied"; wait++)
            await Task.Delay(10, Ct);

        Assert.Equal(1, await EffectsAsync());
    }

    [Fact]
    public async Task Refusals_tokens_and_standstills_as_dialled()
    {
        await lab.DialAsync("national.reject", 100, times: 1);
        Assert.Equal("4002", (await SendAsync("dossiers", Guid.CreateVersion7(), Dossier(2))).GetProperty("error_code").GetString());
        await lab.DialAsync("national.down", true, times: 1);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Assert.ThrowsAsync<HttpRequestException>(ShownAsync)).StatusCode);
        await lab.DialAsync("national.tooMany", 7, times: 1);
        using var busy = await lab.Http.GetAsync("/national-portal/api/v1/procedures", Ct);
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (busy.StatusCode, busy.Headers.RetryAfter!.Delta));
        await lab.DialAsync("national.expiredToken", true, times: 1);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<HttpRequestException>(ShownAsync)).StatusCode);
    }

    [Fact]
    public async Task Chance_is_the_same_for_the_same_seed()
    {
        var first = await RejectedAsync();
        await using var other = await Lab.StartAsync(("NationalPortal:ClientSecret", "portal-secret"));
        var mine = lab;
        lab = other;
        await SignInAsync();
        var second = await RejectedAsync();
        lab = mine;

        Assert.Equal(first, second);
        Assert.InRange(first.Count(r => r), 5, 35);
    }

    [Fact]
    public async Task Dossiers_are_listed_in_the_order_of_codes()
    {
        foreach (var code in new[] { "C", "A", "B" })
            await SendAsync("dossiers", Guid.CreateVersion7(), Dossier(2, code));

        var first = await lab.Http.GetFromJsonAsync<JsonElement>("/national-portal/api/v1/dossiers?limit=2", Ct);
        var rest = await lab.Http.GetFromJsonAsync<JsonElement>($"/national-portal/api/v1/dossiers?limit=2&after={first.GetProperty("next").GetString()}", Ct);

        Assert.Equal(["A", "B"], first.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("MaHoSo").GetString()));
        Assert.Equal(["C"], rest.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("MaHoSo").GetString()));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task A_state_can_be_set_and_a_dossier_taken_away_by_hand()
    {
        (await lab.Http.PutAsJsonAsync($"/national-portal/lab/dossiers/{Code}", new { status = 5 }, Ct)).Dispose();
        Assert.Equal(5, (await ShownAsync()).GetProperty("TrangThaiHoSo").GetInt32());
        (await lab.Http.PutAsJsonAsync($"/national-portal/lab/dossiers/{Code}", new { status = (int?)null }, Ct)).Dispose();

        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<HttpRequestException>(ShownAsync)).StatusCode);
    }

    [Fact]
    public async Task Filings_are_given_out_in_order_and_answers_kept()
    {
        foreach (var code in new[] { "G01-1", "G01-2" })
            (await lab.Http.PostAsync("/national-portal/lab/filings", Json($$"""{"MaHoSo":"{{code}}","ChuHoSo":"Nguyễn Văn An"}"""), Ct)).Dispose();
        var first = await lab.Http.GetFromJsonAsync<JsonElement>("/national-portal/api/v1/filings?after=0&limit=1", Ct);
        var second = await lab.Http.GetFromJsonAsync<JsonElement>($"/national-portal/api/v1/filings?after={first.GetProperty("next").GetInt64()}", Ct);
        (await lab.Http.PostAsJsonAsync("/national-portal/api/v1/filings/G01-1/acknowledgement", new { error_code = "0" }, Ct)).Dispose();

        Assert.Equal("G01-1", Assert.Single(first.GetProperty("items").EnumerateArray()).GetProperty("MaHoSo").GetString());
        Assert.Equal("G01-2", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("MaHoSo").GetString());
        var answer = await lab.Http.GetFromJsonAsync<JsonElement>("/national-portal/lab/filings/G01-1/answer", Ct);
        Assert.Equal("0", answer.GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Files_are_kept_by_content_and_can_arrive_broken()
    {
        byte[] content = [1, 2, 3, 4];
        var first = await UploadAsync(content, Convert.ToHexStringLower(SHA256.HashData(content)));
        var again = await UploadAsync(content, Convert.ToHexStringLower(SHA256.HashData(content)));
        Assert.Equal("4005", (await UploadAsync(content, "00")).GetProperty("error_code").GetString());

        var id = first.GetProperty("id").GetString();
        Assert.Equal(id, again.GetProperty("id").GetString());
        Assert.Equal(content, await lab.Http.GetByteArrayAsync($"/national-portal/api/v1/files/{id}", Ct));
        await lab.DialAsync("national.brokenFile", 100, times: 1);
        Assert.Equal(2, (await lab.Http.GetByteArrayAsync($"/national-portal/api/v1/files/{id}", Ct)).Length);
    }

    [Fact]
    public async Task The_catalogue_is_paged_by_code()
    {
        foreach (var code in new[] { "1.2", "1.1", "1.3" })
            (await lab.Http.PutAsJsonAsync($"/national-portal/lab/procedures/{code}", new { TenTTHC = code, TrangThai = "hieuLuc" }, Ct)).Dispose();

        var page = await lab.Http.GetFromJsonAsync<JsonElement>("/national-portal/api/v1/procedures?limit=2", Ct);
        var rest = await lab.Http.GetFromJsonAsync<JsonElement>("/national-portal/api/v1/procedures?limit=2&after=1.2", Ct);

        Assert.Equal(["1.1", "1.2"], page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("MaTTHC").GetString()));
        Assert.Equal("1.2", page.GetProperty("next").GetString());
        Assert.Single(rest.GetProperty("items").EnumerateArray());
    }

    private async Task SignInAsync()
    {
        using var answer = await TokenAsync("halong", "portal-secret", "client_credentials");
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("access_token").GetString();
        lab.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private Task<HttpResponseMessage> TokenAsync(string client, string secret, string grant) => lab.Http.PostAsync(
        "/national-portal/api/v1/token",
        new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = client, ["client_secret"] = secret, ["grant_type"] = grant }), Ct);

    private async Task<JsonElement> SendAsync(string path, Guid id, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/national-portal/api/v1/{path}") { Content = Json(body) };
        request.Headers.Add("X-Message-Id", id.ToString());
        using var answer = await lab.Http.SendAsync(request, Ct);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<JsonElement> UploadAsync(byte[] content, string sha256)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "a.pdf" }, { new StringContent(sha256), "sha256" } };
        using var answer = await lab.Http.PostAsync("/national-portal/api/v1/files", form, Ct);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task<List<bool>> RejectedAsync()
    {
        await lab.DialAsync("national.reject", 33);
        var rejected = new List<bool>();
        for (var i = 0; i < 60; i++)
            rejected.Add((await SendAsync("dossiers", Guid.CreateVersion7(), Dossier(2, $"S{i}"))).GetProperty("error_code").GetString() == "4002");
        return rejected;
    }

    private Task<JsonElement> ShownAsync() => lab.Http.GetFromJsonAsync<JsonElement>($"/national-portal/api/v1/dossiers/{Code}", Ct);

    private async Task<string?> StateOfAsync(Guid id) =>
        (await lab.Http.GetFromJsonAsync<JsonElement>($"/national-portal/api/v1/messages/{id}", Ct)).GetProperty("state").GetString();

    private async Task<int> EffectsAsync() => (await lab.Http.GetFromJsonAsync<JsonElement>($"/national-portal/lab/dossiers/{Code}/effects", Ct)).GetArrayLength();

    private static string Dossier(int status, string code = Code) =>
        $$"""{"MaHoSo":"{{code}}","MaTTHC":"1.013978","NgayNopHoSo":"20260105073000","NgayTiepNhan":"20260105080000","TrangThaiHoSo":{{status}},"ThoiDiem":"2026-01-05T08:00:00+07:00"}""";

    private static string Status(int status) => $$"""{"MaHoSo":"{{Code}}","TrangThai":{{status}},"ThoiDiem":"2026-01-05T09:00:00+07:00"}""";
}
