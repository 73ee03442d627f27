using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Messaging.Tests;

public sealed class IdempotencyTests(Servers servers) : IAsyncLifetime
{
    private readonly string _key = Guid.CreateVersion7().ToString();
    private Sample _sample = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sample = await Sample.CreateAsync(servers);
        _client = (await _sample.HostAsync()).Client(_sample.Identity.Token());
    }

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    [Fact]
    public async Task A_repeat_gets_the_first_answer_with_its_headers_and_does_nothing()
    {
        using var first = await PostAsync(new NewWork("once"));
        using var repeat = await PostAsync(new NewWork("once"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.False(first.Headers.Contains(Idempotency.ReplayedHeader));
        await SameAsync(first, repeat);
        Assert.Equal("\"7\"", repeat.Headers.ETag!.Tag);
        Assert.StartsWith("/work/", repeat.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("application/json", repeat.Content.Headers.ContentType!.MediaType);
        await _sample.SettledAsync(1);
        Assert.Equal(1, await WorksAsync());
    }

    [Fact]
    public async Task Fifty_repeats_at_once_have_one_effect_and_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(new NewWork("at once"))));
        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        var bodies = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()));
        Assert.Single(bodies.Distinct());
        Assert.Single(answers.Select(a => a.Headers.Location).Distinct());
        Assert.Equal(49, answers.Count(a => a.Headers.Contains(Idempotency.ReplayedHeader)));
        Assert.Equal(1, await WorksAsync());
        await _sample.SettledAsync(1);
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_422()
    {
        using var first = await PostAsync(new NewWork("one"));
        using var other = await PostAsync(new NewWork("another"));
        await RefusedAsync(other, HttpStatusCode.UnprocessableEntity, "CMN-0422");
        Assert.Equal(1, await WorksAsync());
    }

    [Fact]
    public async Task Another_path_or_revision_under_the_same_key_is_422()
    {
        var id = Guid.CreateVersion7();
        using var first = await SendAsync(Request($"/work/{id}/repeat", null));
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        using var repeat = await SendAsync(Request($"/work/{id}/repeat", null));
        Assert.Equal(HttpStatusCode.NoContent, repeat.StatusCode);
        using var otherPath = await SendAsync(Request($"/work/{Guid.CreateVersion7()}/repeat", null));
        await RefusedAsync(otherPath, HttpStatusCode.UnprocessableEntity, "CMN-0422");
        var conditional = Request($"/work/{id}/repeat", null);
        conditional.Headers.IfMatch.Add(new EntityTagHeaderValue("\"5\""));
        using var otherRevision = await SendAsync(conditional);
        await RefusedAsync(otherRevision, HttpStatusCode.UnprocessableEntity, "CMN-0422");
        await _sample.SettledAsync(1);
    }

    [Fact]
    public async Task Two_people_may_use_the_same_key()
    {
        using var first = await PostAsync(new NewWork("mine"));
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _sample.Identity.Token());
        using var second = await PostAsync(new NewWork("theirs"));
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(2, await WorksAsync());
    }

    [Fact]
    public async Task A_refusal_undoes_the_work_and_leaves_the_key_free()
    {
        using var refused = await PostAsync(new NewWork("no", Refuse: true));
        await RefusedAsync(refused, HttpStatusCode.Conflict, "SMP-0001");
        Assert.Equal(0, await WorksAsync());
        Assert.Equal(0, await _sample.OutboxAsync());
        using var accepted = await PostAsync(new NewWork("yes"));
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
    }

    [Fact]
    public async Task An_exception_undoes_the_work_and_leaves_the_key_free()
    {
        using var failed = await PostAsync(new NewWork("boom", Throw: true));
        await RefusedAsync(failed, HttpStatusCode.InternalServerError, "CMN-0500");
        Assert.Equal(0, await WorksAsync());
        Assert.Equal(0, await _sample.OutboxAsync());
        using var accepted = await PostAsync(new NewWork("yes"));
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
    }

    [Theory]
    [InlineData("k", 201)]
    [InlineData("two words", 1)]
    [InlineData("khóa", 1)]
    public async Task A_key_that_is_too_long_or_not_printable_ASCII_is_400(string text, int times)
    {
        using var answer = await PostAsync(new NewWork("x"), string.Concat(Enumerable.Repeat(text, times)));
        var problem = await RefusedAsync(answer, HttpStatusCode.BadRequest, "CMN-0400");
        Assert.True(problem.GetProperty("errors").TryGetProperty("Idempotency-Key", out _));
    }

    [Fact]
    public async Task The_longest_key_is_accepted()
    {
        using var answer = await PostAsync(new NewWork("x"), new string('k', 200));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Without_a_key_every_request_counts()
    {
        for (var i = 0; i < 2; i++)
        {
            using var answer = await _client.PostAsJsonAsync("/work", new NewWork("same"));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        Assert.Equal(2, await WorksAsync());
    }

    [Fact]
    public async Task A_large_body_under_a_key_is_413_and_not_left_out_of_the_hash()
    {
        using var answer = await PostAsync(new NewWork(new string('x', 1024 * 1024)));
        await RefusedAsync(answer, HttpStatusCode.RequestEntityTooLarge, "CMN-0413");
    }

    [Fact]
    public async Task Uploads_are_the_same_when_their_content_is()
    {
        using var first = await UploadAsync("/work/upload", "content", "a.pdf");
        using var repeat = await UploadAsync("/work/upload", "content", "b.pdf");
        using var other = await UploadAsync("/work/upload", "another", "a.pdf");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await SameAsync(first, repeat);
        await RefusedAsync(other, HttpStatusCode.UnprocessableEntity, "CMN-0422");
        Assert.Equal(1, await WorksAsync());
    }

    [Fact]
    public async Task An_upload_to_an_endpoint_that_hashes_only_small_bodies_is_refused_instead_of_taken_for_another()
    {
        using var answer = await UploadAsync("/work/upload-wrong", "content", "a.pdf");
        await RefusedAsync(answer, HttpStatusCode.UnsupportedMediaType, "CMN-0415");
    }

    private static async Task SameAsync(HttpResponseMessage first, HttpResponseMessage repeat)
    {
        Assert.Equal(first.StatusCode, repeat.StatusCode);
        Assert.Equal("true", Assert.Single(repeat.Headers.GetValues(Idempotency.ReplayedHeader)));
        Assert.Equal(first.Headers.Location, repeat.Headers.Location);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await repeat.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement> RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }

    private Task<int> WorksAsync() => _sample.QueryAsync(db => db.Works.CountAsync());

    private Task<HttpResponseMessage> PostAsync(NewWork work, string? key = null) => SendAsync(Request("/work", JsonContent.Create(work), key));

    private Task<HttpResponseMessage> UploadAsync(string path, string content, string name) =>
        SendAsync(Request(path, new MultipartFormDataContent { { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content)), "file", name } }));

    private HttpRequestMessage Request(string path, HttpContent? content, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TryAddWithoutValidation(Idempotency.Header, key ?? _key);
        return request;
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request);
}
