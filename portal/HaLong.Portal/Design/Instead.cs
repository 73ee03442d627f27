using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Session;

namespace HaLong.Portal.Design;

/// <summary>What is shown instead of a page for which the API gave nothing.</summary>
internal static class Instead
{
    /// <summary>Null when there is something to show.</summary>
    /// <param name="answer">Of the API.</param>
    /// <param name="context">Of the request.</param>
    /// <param name="backTo">The page to come back to after signing in; after a form the page that has it.</param>
    public static IResult? Of<T>(Answer<T> answer, HttpContext context, string? backTo = null) => answer.Status switch
    {
        _ when answer.IsSuccess => null,
        HttpStatusCode.Unauthorized => SignInNeeded.From(context, backTo),
        HttpStatusCode.Forbidden => Pages.Of<NotNow>(answer.Trouble, StatusCodes.Status403Forbidden),
        HttpStatusCode.NotFound => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
        _ => Pages.Of<NotNow>(answer.Trouble, (int)answer.Status),
    };

    /// <summary>A file, or the sign-in when it needs one.</summary>
    public static async Task<IResult> FileAsync(ApiClient api, string path, HttpContext context, string backTo)
    {
        var file = await api.FileAsync(path, context.RequestAborted);
        return file is IStatusCodeHttpResult { StatusCode: { } status and >= 400 }
            ? status switch
            {
                StatusCodes.Status401Unauthorized => SignInNeeded.From(context, backTo),
                StatusCodes.Status403Forbidden => Pages.Of<Denied>(status),
                StatusCodes.Status404NotFound => Pages.Of<NotFound>(status),
                _ => Pages.Of<NotNow>(Trouble.Unreachable, status),
            }
            : file;
    }
}
