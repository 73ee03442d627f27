namespace HaLong.Identity.Administration;

/// <summary>Says in the API document what an operation answers.</summary>
internal static class AnswersExtensions
{
    /// <summary>The view with the first status when that is a success, else with 200; problems for the rest.</summary>
    public static RouteHandlerBuilder Answers<TView>(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        endpoint.Produces<TView>(statuses is [< 300 and var success, ..] ? success : StatusCodes.Status200OK);
        return endpoint.Problems(statuses);
    }

    /// <summary>No content, and problems.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses) =>
        endpoint.Produces(statuses[0]).Problems(statuses);

    private static RouteHandlerBuilder Problems(this RouteHandlerBuilder endpoint, ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            if (status >= StatusCodes.Status400BadRequest)
                endpoint.ProducesProblem(status);
        }

        return endpoint;
    }
}
