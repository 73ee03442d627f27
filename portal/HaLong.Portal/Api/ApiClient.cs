using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Portal.Api;

/// <summary>The public API, through the gateway, in the name and the language of the visitor.</summary>
internal sealed class ApiClient(HttpClient http, Visitor visitor, IHttpContextAccessor accessor)
{
    private const string ForwardedFor = "X-Forwarded-For", Root = "api/v1/";
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    public static void Add(IServiceCollection services) => services.AddHttpClient<ApiClient>((provider, http) =>
    {
        http.BaseAddress = provider.GetRequiredService<IOptions<PortalOptions>>().Value.Public;
        http.Timeout = Patience;
    });

    public Task<Answer<T>> GetAsync<T>(string path, CancellationToken ct) => SendAsync<T>(HttpMethod.Get, path, null, null, null, ct);

    /// <param name="path">Below /api/v1/.</param>
    /// <param name="body">As JSON; null for none.</param>
    /// <param name="once">The key under which it has an effect once: of the form, so that a form that is sent twice does nothing twice.</param>
    /// <param name="version">Of what is changed, as it was shown; null where there is none.</param>
    /// <param name="ct">Cancels.</param>
    public Task<Answer<T>> PostAsync<T>(string path, object? body, string once, string? version, CancellationToken ct) =>
        SendAsync<T>(HttpMethod.Post, path, body, once, version, ct);

    /// <summary>A merge patch (RFC 7396); what others changed meanwhile in other fields stays.</summary>
    public Task<Answer<T>> PatchAsync<T>(string path, object patch, string? version, CancellationToken ct) =>
        SendAsync<T>(HttpMethod.Patch, path, JsonContent.Create(patch, MergePatch, Json), null, version, ct);

    public Task<Answer<T>> SendAsync<T>(HttpMethod method, string path, object? body, string? once, string? version, CancellationToken ct) =>
        SendAsync<T>(method, path, body is null ? null : JsonContent.Create(body, options: Json), once, version, ct);

    /// <summary>With a body of any kind, such as a file.</summary>
    public async Task<Answer<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? content, string? once, string? version, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, Root + path) { Content = content };
        if (once is not null)
            request.Headers.Add("Idempotency-Key", once);
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        try
        {
            using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
            return response.IsSuccessStatusCode ? await OfAsync<T>(response, ct) : await RefusedAsync<T>(response, ct);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new Answer<T>(HttpStatusCode.ServiceUnavailable, default, Trouble.Unreachable, null);
        }
    }

    /// <summary>A file of the API as it comes, for the visitor: an image, a paper. What is refused is refused here with the same status.</summary>
    public async Task<IResult> FileAsync(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + path);
        try
        {
            var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            accessor.HttpContext!.Response.RegisterForDispose(response);
            if (!response.IsSuccessStatusCode)
                return TypedResults.StatusCode((int)response.StatusCode);
            var headers = response.Content.Headers;
            return TypedResults.Stream(
                await response.Content.ReadAsStreamAsync(ct), headers.ContentType?.ToString(), headers.ContentDisposition?.FileNameStar ?? headers.ContentDisposition?.FileName?.Trim('"'));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>A file of the API to do something with.</summary>
    public async Task<Answer<byte[]>> BytesAsync(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await PassAsync(request, ct);
        if (response is null)
            return new Answer<byte[]>(HttpStatusCode.ServiceUnavailable, null, Trouble.Unreachable, null);
        return response.IsSuccessStatusCode
            ? new Answer<byte[]>(response.StatusCode, await response.Content.ReadAsByteArrayAsync(ct), null, null) : await RefusedAsync<byte[]>(response, ct);
    }

    /// <summary>Passes a request on, its address below /api/v1/, and gives the answer with its headers; null when the API could not be asked.</summary>
    public async Task<HttpResponseMessage?> PassAsync(HttpRequestMessage request, CancellationToken ct)
    {
        request.RequestUri = new Uri(Root + request.RequestUri, UriKind.Relative);
        try
        {
            return await SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken ct)
    {
        request.Headers.Add("Accept-Language", Text.Bilingual("vi", "en"));
        // A gateway that trusts the portal's network counts the visitor and not the portal.
        if (accessor.HttpContext?.Request.Headers[ForwardedFor].ToString() is { Length: > 0 } address)
            request.Headers.TryAddWithoutValidation(ForwardedFor, address);
        if (await visitor.TokenAsync(ct) is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await http.SendAsync(request, completion, ct);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            StepUpDemand.Note(accessor.HttpContext, response);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            accessor.HttpContext?.Features.Set(new ActingRefused());
        return response;
    }

    private static async Task<Answer<T>> OfAsync<T>(HttpResponseMessage response, CancellationToken ct)
    {
        var version = response.Headers.ETag?.ToString();
        var value = response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0
            ? default : await response.Content.ReadFromJsonAsync<T>(Json, ct);
        return new Answer<T>(response.StatusCode, value, null, version);
    }

    private static async Task<Answer<T>> RefusedAsync<T>(HttpResponseMessage response, CancellationToken ct)
    {
        Trouble? trouble = null;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            trouble = await response.Content.ReadFromJsonAsync<Trouble>(Json, ct);
        return new Answer<T>(response.StatusCode, default, trouble ?? Trouble.Unreachable, null);
    }
}
