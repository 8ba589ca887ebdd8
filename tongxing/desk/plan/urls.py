from tongxing.desk.plan.register_urls import urlpatterns as register

urlpatterns = [*register]
