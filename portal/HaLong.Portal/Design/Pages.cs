using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaLong.Portal.Design;

/// <summary>Answers with pages.</summary>
internal static class Pages
{
    public static IResult Of<TPage>(int status = StatusCodes.Status200OK)
        where TPage : IComponent => new RazorComponentResult<TPage> { StatusCode = status, PreventStreamingRendering = true };

    /// <param name="model">What the page shows: its parameter <c>Model</c>.</param>
    /// <param name="status">Of the answer.</param>
    public static IResult Of<TPage>(object? model, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>On with a GET, so that going back or reloading sends nothing again.</summary>
    public static IResult Go(string to) => new SeeOther(to);

    private sealed class SeeOther(string to) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            (httpContext.Response.StatusCode, httpContext.Response.Headers.Location) = (StatusCodes.Status303SeeOther, to);
            return Task.CompletedTask;
        }
    }
}
