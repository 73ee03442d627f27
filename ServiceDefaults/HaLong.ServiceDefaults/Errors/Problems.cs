using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.ServiceDefaults;

/// <summary>Errors as RFC 9457 problem details: <c>type</c>, <c>title</c>, <c>status</c>, <c>code</c>, <c>traceId</c>, <c>errors</c>.</summary>
public static class Problems
{
    /// <summary>The problem answer of an error.</summary>
    public static IResult ToProblem(this Error error) => new ProblemResult(error);

    internal static IServiceCollection AddProblems(this IServiceCollection services) => services
        .AddProblemDetails(o => o.CustomizeProblemDetails = c => Complete(c.ProblemDetails, c.HttpContext))
        .AddExceptionHandler<ErrorExceptionHandler>();

    internal static async Task WriteAsync(HttpContext context, Error error)
    {
        var status = error.Kind == CommonErrors.MethodNotAllowed.Kind && error.Code == CommonErrors.MethodNotAllowed.Code
            ? StatusCodes.Status405MethodNotAllowed
            : error.Kind.HttpStatus();
        context.Response.StatusCode = status;
        if (error.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        ProblemDetails problem = error.FieldMessages.Count > 0
            ? new HttpValidationProblemDetails(error.Fields.ToDictionary())
            : new ProblemDetails();
        problem.Status = status;
        problem.Title = error.Message;
        problem.Type = TypeOf(error.Code);
        problem.Extensions["code"] = error.Code;
        Complete(problem, context);
        await context.Response.WriteAsJsonAsync(problem, problem.GetType(), options: null, contentType: "application/problem+json");
    }

    private static string TypeOf(string code) => "/errors/" + code;

    private static void Complete(ProblemDetails problem, HttpContext context)
    {
        problem.Status ??= context.Response.StatusCode;
        if (!problem.Extensions.ContainsKey("code"))
        {
            var error = ErrorTable.ForHttpStatus(problem.Status.Value);
            problem.Extensions["code"] = error.Code;
            problem.Title = error.Message;
            problem.Type = TypeOf(error.Code);
        }

        // One name for the trace in every answer; the framework's own is the W3C id of the activity.
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
    }

    private sealed class ProblemResult(Error error) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => error.Kind.HttpStatus();

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, error);
    }
}

/// <summary>Turns exceptions that left an endpoint into problems; everything unexpected is a 500 without details.</summary>
internal sealed partial class ErrorExceptionHandler(ILogger<ErrorExceptionHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var error = exception switch
        {
            ErrorException e => e.Error,
            BadHttpRequestException e => ErrorTable.ForHttpStatus(e.StatusCode),
            TimeoutException or OperationCanceledException => CommonErrors.Timeout,
            HttpRequestException => CommonErrors.Unavailable,
            Grpc.Core.RpcException e => RichStatus.ToError(e),
            System.Data.Common.DbException { IsTransient: true } => CommonErrors.Unavailable,
            InvalidOperationException { InnerException: System.Data.Common.DbException { IsTransient: true } } => CommonErrors.Unavailable,
            _ => CommonErrors.Internal,
        };
        if (error.Kind.HttpStatus() >= 500)
        {
            // The middleware has cleared the endpoint of the request itself.
            Failed(log, exception, httpContext.Request.Method, httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName, error.Code);
        }

        await Problems.WriteAsync(httpContext, error);
        return true;
    }

    [LoggerMessage(1001, LogLevel.Error, "{Method} {Endpoint} failed with {Code}")]
    private static partial void Failed(ILogger log, Exception exception, string method, string? endpoint, string code);
}
