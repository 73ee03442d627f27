using HaLong.Notifications.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>The administration of what people are told: read, draft, see, submit, approve by somebody else, compare, take back.</summary>
internal static class TemplateArea
{
    public static void MapNoticeTemplates(this IEndpointRouteBuilder app)
    {
        var templates = app.MapGroup("/api/v1/admin/notice-templates").WithTags("Notice templates").RequireAuthorization(Policies.Administrator);
        templates.MapListNoticeTemplates();
        templates.MapGetNoticeTemplate();
        templates.MapCompareNoticeTemplates();
        templates.MapOpenTemplateDraft();
        templates.MapEditTemplateDraft();
        templates.MapPreviewTemplateDraft();
        templates.MapMoveTemplateDraft();
        templates.MapDeleteTemplateDraft();
        templates.MapWithdrawNoticeTemplate();
    }

    /// <summary>What a change answers beside success.</summary>
    public static RouteHandlerBuilder Changes<TView>(this RouteHandlerBuilder endpoint, int success = StatusCodes.Status200OK) => endpoint
        .WithIdempotency<NotificationDbContext>()
        .Produces<TView>(success)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
